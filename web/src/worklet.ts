// The script of the audio thread: gathers the samples of a microphone and sends them in pieces. It may not import anything.
declare const registerProcessor: (name: string, processor: unknown) => void;
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort };

const pieceLength = 1024;

registerProcessor(
  'mingling-microphone',
  class extends AudioWorkletProcessor {
    private piece = new Float32Array(pieceLength);
    private filled = 0;

    process([[channel]]: Float32Array[][]): boolean {
      for (let at = 0; channel && at < channel.length; ) {
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
  },
);

export {};
