// The audio thread: gathers the samples of the microphone and sends them in pieces. It may not import anything.
const pieceLength = 1024;

registerProcessor('studio-microphone', class extends AudioWorkletProcessor {
  piece = new Float32Array(pieceLength);
  filled = 0;

  process([[channel]]) {
    for (let at = 0; channel && at < channel.length;) {
      const count = Math.min(pieceLength - this.filled, channel.length - at);
      this.piece.set(channel.subarray(at, at + count), this.filled);
      this.filled += count;
      at += count;
      if (this.filled < pieceLength) continue;
      this.port.postMessage(this.piece, [this.piece.buffer]);
      this.piece = new Float32Array(pieceLength);
      this.filled = 0;
    }
    return true;
  }
});
