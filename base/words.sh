#!/bin/bash
# Writes the word lists from which the base encoder learns: words.sh OUT [DRAW]. DRAW, 1 or 2, draws other words.
# European words are drawn from Debian's word lists. For Arabic, Mandarin, Japanese and Hindi words are composed: roots in the
# patterns of Arabic verbs and nouns, pairs of syllables, and syllables with their vowel signs. The same lists each time.
# Each list is a file LANGUAGE.txt of lines "LANGUAGE:WORD<tab>WORD", as `mingling corpus synthesize --words` takes them.
set -euo pipefail
out=$1
case ${2:-1} in
    1) key=mingling seed=20261128 ;;
    2) key=mingling-2 seed=20261201 ;;
    *) echo "The draws are 1 and 2." >&2; exit 2 ;;
esac
mkdir -p "$out"
export LC_ALL=C.UTF-8

# Deterministic draws: a stream of bytes from a fixed key.
stream() { openssl enc -aes-256-ctr -pass "pass:$key" -nosalt </dev/zero 2>/dev/null; }
draw() { shuf -n "$1" --random-source=<(stream); }
label() { sed "s/^\(.*\)$/$1:\1\t\1/"; }

# language, list, its encoding, number of words
european() {
    iconv -f "$3" -t UTF-8 "/usr/share/dict/$2" | grep -P '^\p{Ll}{3,9}$' | sort -u | draw "$4" | sort | label "$1" > "$out/$1.txt"
}

# Commands are often short: of English as many short words as others.
{ grep -P '^[a-z]{2,5}$' /usr/share/dict/american-english | draw 800; grep -P '^[a-z]{6,9}$' /usr/share/dict/american-english | draw 800; } |
    sort | label en-us > "$out/en-us.txt"
european de ngerman UTF-8 500
european fr-fr french UTF-8 500
european es spanish UTF-8 500
european it italian UTF-8 500
european nl dutch UTF-8 400
european pl polish UTF-8 400
european sv swedish ISO-8859-1 400
european pt portuguese UTF-8 250
european pt-br brazilian UTF-8 150
european nb bokmaal ISO-8859-1 250
european da danish UTF-8 300
european uk ukrainian UTF-8 400
european ca catalan UTF-8 250
european bg bulgarian UTF-8 300
european eo esperanto UTF-8 150

# compose KIND COUNT: distinct words of a kind, one a line
compose() {
    awk -v kind="$1" -v count="$2" -v seed="$seed" '
    function pick(list,    parts) { return parts_of(list, int(rand() * size(list)) + 1) }
    function size(list,    parts) { return split(list, parts, " ") }
    function parts_of(list, i,    parts) { split(list, parts, " "); return parts[i] }
    function arabic(    a, b, c, p) {
        a = pick(root); do b = pick(root); while (b == a); do c = pick(root); while (c == b)
        p = pick("1 2 3 4 5 6 7 8 9 10 11 12 13 14")
        if (p == 1) return "تَ" a "ْ" b "ِي" c
        if (p == 2) return "إِ" a "ْ" b "َا" c
        if (p == 3) return a "َ" b "ْ" c "َة"
        if (p == 4) return a "َا" b "ِ" c
        if (p == 5) return "مَ" a "ْ" b "ُو" c
        if (p == 6) return "أَ" a "ْ" b "َ" c
        if (p == 7) return a "َ" b "َ" c "َ"
        if (p == 8) return "مُ" a "َ" b "ِّ" c
        if (p == 9) return "تَ" a "َ" b "ُّ" c
        if (p == 10) return "اِنْ" a "ِ" b "َا" c
        if (p == 11) return a "َ" b "ِي" c
        if (p == 12) return a "ُ" b "ُو" c
        if (p == 13) return a "َ" b "ْ" c
        return "يَ" a "ْ" b "َ" c "ُ"
    }
    function mandarin() { return pick(syllable) int(rand() * 4 + 1) " " pick(syllable) int(rand() * 4 + 1) }
    function japanese(    word, n) { n = int(rand() * 3) + 2; word = ""; while (n-- > 0) word = word pick(kana); return word }
    function hindi(    word, n) { n = int(rand() * 3) + 2; word = ""; while (n-- > 0) { word = word pick(consonant) pick(sign); gsub("-", "", word) } return word }
    BEGIN {
        srand(seed)
        root = "ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه"
        syllable = "ba pa ma fa da ta na la ga ka ha zha cha sha ren zai cai sai bi pi mi di ti ni li ji qi xi bu pu mu fu du tu nu lu gu ku hu zhu chu shu ru zu su bei fei mei lei hei bao mao dao gao hao zhao xiao dou gou shou liu jiu ban fan dan tian lian jian xian guan huan men fen gen ren shen lin jin xin bang fang guang huang xiang qiang ming ding ling jing xing dong tong zhong hong yong"
        kana = "あ い う え お か き く け こ さ し す せ そ た ち つ て と な に ぬ ね の は ひ ふ へ ほ ま み む め も や ゆ よ ら り る れ ろ わ が ぎ ぐ げ ご ざ じ ず ぜ ぞ だ で ど ば び ぶ べ ぼ ぱ ぴ ぷ ぺ ぽ"
        consonant = "क ख ग घ च छ ज झ ट ठ ड ढ त थ द ध न प फ ब भ म य र ल व श स ह"
        sign = "ा ि ी ु ू े ै ो ौ - -"
        while (made < count) {
            word = kind == "ar" ? arabic() : kind == "cmn" ? mandarin() : kind == "ja" ? japanese() : hindi()
            if (word in seen) continue
            seen[word] = 1
            made++
            print word
        }
    }' /dev/null | label "$1" > "$out/$1.txt"
}

compose ar 1000
compose cmn 500
compose ja 400
compose hi 400
