import { SoundError } from './errors.js';

/** Which microphone, and how. */
export interface MicrophoneOptions {
  /**
   * What to ask the browser for. Default: one channel without echo cancellation, noise suppression and gain control, which cut into words;
   * `{ deviceId }` chooses a microphone.
   */
  readonly constraints?: MediaTrackConstraints;
  /** The context to record with; it stays open. Default: one of its own, at the rate of the device. */
  readonly context?: AudioContext;
  /** The address of the script of the audio thread. Default: that of this package. */
  readonly worklet?: string | URL;
}

const longestBacklogSeconds = 60;

/**
 * The microphone of a page, as pieces of samples: `for await (const heard of spotter.listen(microphone))`. Open it on a click: browsers
 * keep sound back until there was one.
 */
export class Microphone implements AsyncIterable<Float32Array> {
  private readonly pieces: Float32Array[] = [];
  private wake: (() => void) | null = null;
  private held = 0;
  private isClosed = false;
  private failure: SoundError | null = null;

  private constructor(
    private readonly context: AudioContext,
    private readonly stream: MediaStream,
    private readonly nodes: readonly AudioNode[],
    private readonly ownsContext: boolean,
  ) {}

  /** Asks for the microphone and begins to record. Throws a `SoundError` whose message says why it cannot be had. */
  static async open(options: MicrophoneOptions = {}): Promise<Microphone> {
    if (!globalThis.navigator?.mediaDevices?.getUserMedia) {
      throw new SoundError('A page may record only where it was loaded by https or from this machine (localhost).');
    }
    const wanted = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false, ...options.constraints };
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: wanted });
    } catch (e) {
      throw new SoundError(refusal(e as DOMException));
    }
    const context = options.context ?? new AudioContext();
    try {
      await context.audioWorklet.addModule(options.worklet ?? new URL('./worklet.js', import.meta.url));
      await context.resume();
      const source = context.createMediaStreamSource(stream);
      const node = new AudioWorkletNode(context, 'mingling-microphone', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
      const microphone = new Microphone(context, stream, [source, node], !options.context);
      node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => microphone.add(data);
      stream.getAudioTracks()[0].onended = () => microphone.end(new SoundError('The microphone was disconnected.'));
      source.connect(node);
      return microphone;
    } catch (e) {
      for (const track of stream.getTracks()) track.stop();
      if (!options.context) await context.close();
      throw new SoundError(`The microphone cannot be recorded: ${(e as Error).message}.`);
    }
  }

  /** The rate of the samples (Hz). */
  get sampleRate(): number {
    return this.context.sampleRate;
  }

  /** Pieces of samples as they come, until the microphone is closed; nothing is lost unless it is not read for a minute. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Float32Array, void, undefined> {
    while (true) {
      const piece = this.pieces.shift();
      if (piece) {
        this.held -= piece.length;
        yield piece;
      } else if (this.failure) {
        throw this.failure;
      } else if (this.isClosed) {
        return;
      } else {
        await new Promise<void>((resolve) => (this.wake = resolve));
      }
    }
  }

  /** Stops recording and gives the microphone back; what was recorded before can still be read. */
  async close(): Promise<void> {
    for (const track of this.stream.getTracks()) track.stop();
    for (const node of this.nodes) node.disconnect();
    this.end(null);
    if (this.ownsContext && this.context.state !== 'closed') await this.context.close();
  }

  private add(piece: Float32Array): void {
    if (this.isClosed || this.failure) return;
    this.held += piece.length;
    this.pieces.push(piece);
    if (this.held > longestBacklogSeconds * this.sampleRate) {
      this.failure = new SoundError(`The microphone was not read for ${longestBacklogSeconds} s; the program does not keep up with it.`);
    }
    this.wake?.();
  }

  private end(failure: SoundError | null): void {
    this.failure ??= failure;
    this.isClosed = true;
    this.wake?.();
  }
}

function refusal({ name, message }: DOMException): string {
  if (name === 'NotAllowedError') return 'The microphone may not be used; allow it for this page in the browser.';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'There is no such microphone; connect one, or choose another.';
  if (name === 'NotReadableError') return 'The microphone is in use by another program or cannot be read.';
  return `The microphone cannot be had: ${message}.`;
}
