#!/usr/bin/env bash
# Makes MinglingSans.ttf, the font of the pictures: WenQuanYi Micro Hei (Apache-2.0), reduced to Latin, Greek, Cyrillic, kana and
# the 3,755 characters of GB 2312's first level, so that words in Chinese can be drawn on machines without any font.
# Needs the packages fonts-wqy-microhei and fonttools of Debian.
set -euo pipefail
cd "$(dirname "$0")"
characters=$(mktemp)
/usr/bin/python3 - > "$characters" <<'PY'
latin = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x370, 0x460), *range(0x2010, 0x2030), 0x2192, 0x2264, 0x2265, 0x2032, *range(0x3000, 0x3100)]
hanzi = []
for high in range(0xB0, 0xD8):
    for low in range(0xA1, 0xFF):
        try: hanzi.append(ord(bytes([high, low]).decode('gb2312')))
        except UnicodeDecodeError: pass
print(''.join(map(chr, latin + hanzi)))
PY
pyftsubset /usr/share/fonts/truetype/wqy/wqy-microhei.ttc --font-number=0 --text-file="$characters" --output-file=MinglingSans.ttf \
  --no-hinting --desubroutinize --layout-features='kern,mark,mkmk' --name-IDs='0,1,2,3,4,5,6,13,14'
rm "$characters"
