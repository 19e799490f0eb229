#!/usr/bin/env python3
"""Makes samples/commands: short spoken commands in English and Mandarin, said by espeak-ng.

Usage: python3 samples/make-commands.py [folder]     (default: the folder "commands" beside this script)

Needs espeak-ng (the committed clips: 1.51) and Python 3.9 or later; nothing else. Takes about half a minute.

How it decides:
- A speaker is one espeak-ng voice variant with an English accent, a pitch and a speed of its own. No variant is used
  twice, so no voice is in two splits. Each speaker says every word, in both languages; those of the test split twice.
- Mandarin is given as numbered pinyin to the voice cmn-latn-pinyin: the voice cmn spells pinyin in English letters.
- Every clip varies its speaker's pitch and speed a little, ends as a statement or as an exclamation, has its own
  level (peak -9 to -3 dBFS) and its own faint noise (-62 to -48 dBFS), and is cut to the word with 80 to 100 ms around it.
- A word that, with its margins, lasts longer than one second is said again 8 % faster until it does not.
- Every choice comes from a generator seeded with the clip's name: the same espeak-ng gives the same bytes again.
- Files are 16 kHz mono WAV, 8-bit mu-law (format 7, ITU-T G.711): half the size of 16 bits, and a format devices use.
"""

import csv
import math
import random
import struct
import subprocess
import sys
from operator import mul
from pathlib import Path

RATE = 16000
SPOKEN_RATE = 22050  # of espeak-ng's own voices
UP, DOWN = RATE // 50, SPOKEN_RATE // 50
HALF_WIDTH = 24  # input samples on each side of an output sample
WAV_HEADER = 44  # bytes; the length in it is meaningless when espeak-ng writes to a pipe

# label: (language, what espeak-ng is given). Neighbours sound alike.
WORDS = {
    "turn on": ("en", "turn on"),
    "turn off": ("en", "turn off"),
    "start": ("en", "start"),
    "stop": ("en", "stop"),
    "louder": ("en", "louder"),
    "lower": ("en", "lower"),
    "go": ("en", "go"),
    "no": ("en", "no"),
    "开灯": ("cmn", "kai1 deng1"),  # light on
    "关灯": ("cmn", "guan1 deng1"),  # light off
    "开门": ("cmn", "kai1 men2"),  # open the door
    "关门": ("cmn", "guan1 men2"),  # close the door
    "上楼": ("cmn", "shang4 lou2"),  # go upstairs
    "下楼": ("cmn", "xia4 lou2"),  # go downstairs
    "听": ("cmn", "ting1"),  # listen: differs from the next by its tone alone
    "停": ("cmn", "ting2"),  # stop
}

# split: how often each of its speakers says a word, and the speakers:
# variant, English accent, pitch (0 to 99), speed (words per minute).
SPLITS = {
    "train": (1, """
        Alex en-us 46 165
        Alicia en-gb 44 175
        Andy en-us 52 168
        Annie en-us 50 160
        Denis en-gb 45 155
        Diogo en-029 52 170
        Mario en-us 58 150
        Nguyen en-us 48 162
        adam en-us-nyc 62 165
        aunty en-gb-x-rp 52 178
        belinda en-gb 40 165
        croak en-gb-scotland 42 158
        ed en-us 60 175
        f1 en-us 48 170
        f3 en-gb-x-rp 56 155
        f4 en-029 45 180
        gustave en-gb-x-gbcwmd 54 166
        klatt2 en-us 35 158
        m1 en-gb 50 175
        m3 en-us 62 152
        m4 en-gb-scotland 55 185
        m5 en-us-nyc 40 160
        m7 en-gb-x-gbcwmd 46 168
        shelby en-us 57 168
        whisper en-us 50 160
        """),
    "validation": (1, """
        Andrea en-us 40 125
        Storm en-us 55 170
        f2 en-gb 52 165
        m6 en-gb-scotland 44 158
        steph en-gb-x-rp 47 162
        """),
    "test": (2, """
        antonio en-gb 48 130
        f5 en-us 46 160
        grandma en-gb-x-rp 50 165
        m2 en-us-nyc 56 170
        paul en-us 58 155
        victor en-gb-scotland 45 172
        """),
}


def speak(voice, pitch, speed, text):
    """What espeak-ng says, at SPOKEN_RATE. Half its usual amplitude: some variants would clip."""
    command = ["espeak-ng", "-v", voice, "-p", str(pitch), "-s", str(speed), "-a", "50", "-z", "--stdout", text]
    sound = subprocess.run(command, check=True, capture_output=True).stdout
    return [s for (s,) in struct.iter_unpack("<h", sound[WAV_HEADER:])]


def sinc_taps(phase):
    """The low-pass filter, a Hann-windowed sinc, for an output sample phase/UP after an input sample."""
    cutoff = 0.95 * RATE / SPOKEN_RATE  # in units of the input's Nyquist frequency
    taps = []
    for k in range(1 - HALF_WIDTH, HALF_WIDTH + 1):
        x = k - phase / UP
        window = 0.5 + 0.5 * math.cos(math.pi * x / HALF_WIDTH)
        taps.append(window * (cutoff if x == 0 else math.sin(math.pi * cutoff * x) / (math.pi * x)))
    return taps


def resample(samples, phases):
    """From SPOKEN_RATE to RATE with the filters of all phases."""
    padded = [0] * (HALF_WIDTH - 1) + samples + [0] * HALF_WIDTH
    resampled = []
    for n in range(len(samples) * UP // DOWN):
        start, phase = divmod(n * DOWN, UP)
        resampled.append(sum(map(mul, phases[phase], padded[start : start + 2 * HALF_WIDTH])))
    return resampled


def trim(samples, before, after):
    """The span whose blocks of 10 ms lie within 45 dB of the loudest block, with silence of the given seconds around it."""
    block = RATE // 100
    energies = [sum(s * s for s in samples[i : i + block]) for i in range(0, len(samples), block)]
    loud = [i for i, energy in enumerate(energies) if energy > max(energies) * 10**-4.5]
    word = samples[loud[0] * block : (loud[-1] + 1) * block]
    return [0.0] * round(before * RATE) + word + [0.0] * round(after * RATE)


def mu_law(sample):
    """One sample of 16 bits as 8-bit mu-law (ITU-T G.711)."""
    magnitude = min(abs(sample), 32635) + 132
    exponent = magnitude.bit_length() - 8
    mantissa = magnitude >> (exponent + 3) & 15
    return ~((128 if sample < 0 else 0) | exponent << 4 | mantissa) & 255


def write_wav(path, samples):
    data = bytes(mu_law(s) for s in samples)
    padding = b"\0" * (len(data) % 2)
    chunks = struct.pack("<4sIHHIIHHH", b"fmt ", 18, 7, 1, RATE, RATE, 1, 8, 0)
    chunks += struct.pack("<4sII", b"fact", 4, len(data))
    chunks += struct.pack("<4sI", b"data", len(data)) + data + padding
    path.write_bytes(struct.pack("<4sI4s", b"RIFF", 4 + len(chunks), b"WAVE") + chunks)


def make_clip(variant, accent, pitch, speed, label, take, phases):
    """The samples of one clip."""
    language, text = WORDS[label]
    voice = f"{accent if language == 'en' else 'cmn-latn-pinyin'}+{variant}"
    chance = random.Random(f"{variant} {label} {take}")
    pitch = max(0, min(99, pitch + chance.randint(-4, 4)))
    speed *= chance.uniform(0.93, 1.07)
    text += chance.choice(".!")
    before, after = chance.uniform(0.08, 0.1), chance.uniform(0.08, 0.1)
    peak = 32768 * 10 ** (chance.uniform(-9, -3) / 20)
    noise = 32768 * 10 ** (chance.uniform(-62, -48) / 20)

    while len(samples := trim(resample(speak(voice, pitch, round(speed), text), phases), before, after)) > RATE:
        speed *= 1.08
    gain = peak / max(abs(s) for s in samples)
    return [round(gain * s + chance.gauss(0, noise)) for s in samples]


def main(folder):
    if folder.exists():
        sys.exit(f"{folder} exists already; remove it first, so that nothing old stays in it.")
    phases = [sinc_taps(phase) for phase in range(UP)]
    rows = []
    for split, (takes, speakers) in SPLITS.items():
        for line in speakers.strip().splitlines():
            variant, accent, pitch, speed = line.split()
            for label in WORDS:
                (folder / label).mkdir(parents=True, exist_ok=True)
                for take in range(1, takes + 1):
                    path = f"{label}/{variant.lower()}_{take}.wav"
                    write_wav(folder / path, make_clip(variant, accent, int(pitch), int(speed), label, take, phases))
                    rows.append((path, label, variant.lower(), split))
    with open(folder / "manifest.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("path", "label", "speaker", "split"))
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "commands")
