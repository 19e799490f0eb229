"""Says which commands it hears: arecord -q -t raw -f S16_LE -r 16000 | python spot.py model.onnx

The model is one for streams, exported with the front end: mingling export RUN --with-front-end --out model.onnx
"""
import collections, json, sys
import numpy, onnxruntime

model = onnxruntime.InferenceSession(sys.argv[1])
card = json.loads(model.get_modelmeta().custom_metadata_map["mingling.card"])
rate, step = card["features"]["sampleRate"], card["stream"]["frames"] * card["features"]["hopSamples"]  # a step of 80 ms
state = {i.name: numpy.zeros([1, *i.shape[1:]], "float32") for i in model.get_inputs() if i.name.startswith("state.")}
names, recent, heard, quiet = [o.name for o in model.get_outputs()], collections.deque(maxlen=4), 0, card["windowSeconds"]
while len(piece := sys.stdin.buffer.read(2 * step)) == 2 * step:
    samples = numpy.frombuffer(piece, "<i2")[None].astype("float32") / 32768
    result = dict(zip(names, model.run(None, {"samples": samples, **state})))
    state = {"state." + name[5:]: value for name, value in result.items() if name.startswith("next.")}
    recent.append(result["scores"][0])
    heard, scores = heard + step / rate, numpy.mean(recent, axis=0)
    word, score = card["classes"][scores.argmax()], scores.max()
    if heard >= quiet and score >= 0.7 and not word.startswith("_"):
        print(f"{heard:.2f} {word} {score:.3f}", flush=True)
        quiet = heard + card["windowSeconds"] + 0.32  # as long as the window and the mean hold one word
