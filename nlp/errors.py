"""Errors of the models: trying again will not help.

NlpError
├── UnreadableAudio      empty_file · unreadable_audio · unsupported_format · unsupported_codec ·
│                        no_sound_track · protected_audio · bad_sample_rate · too_many_audio_channels ·
│                        audio_too_long · decoded_too_large
├── UnreadableMessage    unreadable_mail · mail_bomb · unreadable_messages · unknown_party ·
│                        no_text · no_attachment
├── UnreadableTranscript unreadable_transcript · bad_transcript_time · transcript_too_large
├── MissingArtifact      missing_artifact · corrupt_artifact · another_encoder
├── BadTaxonomy          no_such_file · unreadable_taxonomy · no_reasons · too_many_reasons ·
│                        bad_reason_name · duplicate_reason · bad_parent · bad_taxonomy_name · not_trained
├── BadExamples          no_such_file · unreadable_examples · no_columns · no_examples · unknown_reason ·
│                        examples_too_large
├── UnknownKind          unknown_kind
└── UnknownEngine        unknown_engine · missing_weights · no_known_calls
"""


class NlpError(Exception):
    """A permanent failure, told as a stable code, a sentence and what to do."""

    def __init__(self, code: str, detail: str, remedy: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.remedy = remedy


class UnreadableAudio(NlpError):
    """The recording cannot be decoded, or not within the limits."""


class UnreadableMessage(NlpError):
    """The mail, chat or note cannot be read, or not within the limits."""


class UnreadableTranscript(NlpError):
    """The transcript that was sent is of no known format, or holds what cannot be."""


class MissingArtifact(NlpError):
    """A trained artefact is absent or not the one the manifest names."""


class UnknownEngine(NlpError):
    """The named recogniser does not exist or has no weights here."""


class BadTaxonomy(NlpError):
    """The reasons that a user defined cannot be a taxonomy."""


class BadExamples(NlpError):
    """The labelled texts cannot be read, or do not belong to the taxonomy."""


class UnknownKind(NlpError):
    """Something was to be masked that no detector knows."""
