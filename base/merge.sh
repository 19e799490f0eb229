#!/bin/bash
# Joins the spoken languages to one corpus: merge.sh FOLDER. One of forty voices validates.
set -euo pipefail
cd "$1"
{
    echo "path,label,speaker,split"
    for manifest in */manifest.csv; do
        awk -F, -v folder="${manifest%/*}" 'NR > 1 {
            variant = $3; sub(/.*\+/, "", variant)
            split_of = variant ~ /^(Jacky|steph2)$/ ? "validation" : "train"
            print folder "/" $1 "," $2 "," $3 "," split_of
        }' "$manifest"
    done
} > manifest.csv.new
mv manifest.csv.new manifest.csv
