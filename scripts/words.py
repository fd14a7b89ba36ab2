"""Makes src/typeset/words.bin: Chinese words, how common they are, and what part of speech.

    pip download --no-deps --no-binary :all: jieba==0.42.1 && tar xf jieba-0.42.1.tar.gz
    python3 scripts/words.py jieba-0.42.1/jieba/dict.txt

Source: the dictionary of jieba 0.42.1 (MIT licence, (c) 2013 Sun Junyi), 349,046 words.

The file has a table for each length of words from 1 to 8 characters: a count (u32), then that many
records in order of their characters: the characters (u16 each), 16 times the natural logarithm of
the frequency (u8), and the first letter of the part of speech (u8). All numbers are big-endian.
"""

import math
import pathlib
import struct
import sys

LONGEST = 8


def main() -> None:
    tables = {length: {} for length in range(1, LONGEST + 1)}
    for line in pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        word, frequency, part = line.split(" ")[:3]
        if len(word) <= LONGEST and all("\u3400" <= it <= "\u9fff" for it in word):
            tables[len(word)][word] = (round(16 * math.log(max(int(frequency), 1))), part[0])
    out = b""
    for length, table in tables.items():
        out += struct.pack(">I", len(table))
        for word in sorted(table):
            common, part = table[word]
            out += word.encode("utf-16-be") + struct.pack(">Bc", common, part.encode("ascii"))
    target = pathlib.Path(__file__).resolve().parent.parent / "src/typeset/words.bin"
    target.write_bytes(out)
    print(target, len(out))


if __name__ == "__main__":
    main()
