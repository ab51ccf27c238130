"""Files of many interactions: rows, mapped to the message contract and reported where they are none."""
