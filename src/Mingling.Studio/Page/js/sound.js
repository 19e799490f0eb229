import { t } from './texts.js';
import { recall } from './memory.js';

/** The microphone, as pieces of samples; opened on a click, because browsers keep sound back until there was one. */
export class Microphone {
  static async open(onPiece, onLost) {
    if (!navigator.mediaDevices?.getUserMedia) throw new Error(t('mic.insecure'));
    let stream;
    try {
      // Echo cancellation, noise suppression and gain control cut into words.
      stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false, deviceId: recall('microphone') || undefined } });
    } catch (e) {
      throw new Error(t({ NotAllowedError: 'mic.denied', NotFoundError: 'mic.none', OverconstrainedError: 'mic.none', NotReadableError: 'mic.busy' }[e.name] ?? 'mic.failed', { why: e.message }));
    }
    const context = new AudioContext();
    try {
      const source = context.createMediaStreamSource(stream);
      let microphone = null;
      const node = await listener(context, (piece) => { if (microphone && !microphone.isClosed) onPiece(piece, context.sampleRate); });
      await context.resume();
      microphone = new Microphone(context, stream, source, node);
      stream.getAudioTracks()[0].onended = () => { if (!microphone.isClosed) onLost?.(new Error(t('mic.lost'))); };
      // A machine that slept, or a call that had the microphone, suspends the sound.
      context.onstatechange = () => { if (!microphone.isClosed && context.state !== 'running' && context.state !== 'closed') context.resume().catch(() => {}); };
      source.connect(node);
      return microphone;
    } catch (e) {
      for (const track of stream.getTracks()) track.stop();
      await context.close();
      throw e;
    }
  }

  constructor(context, stream, source, node) {
    Object.assign(this, { context, stream, source, node, isClosed: false });
  }

  get sampleRate() {
    return this.context.sampleRate;
  }

  async close() {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const track of this.stream.getTracks()) track.stop();
    this.source.disconnect();
    this.node.disconnect();
    await this.context.close();
  }
}

/** What hands on the samples: by the audio thread, or in the page where a browser has none for it. */
async function listener(context, onPiece) {
  if (context.audioWorklet) {
    await context.audioWorklet.addModule('/page/js/worklet.js');
    const node = new AudioWorkletNode(context, 'studio-microphone', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
    node.port.onmessage = ({ data }) => onPiece(data);
    return node;
  }
  if (!context.createScriptProcessor) throw new Error(t('mic.old'));
  const node = context.createScriptProcessor(2048, 1, 1);
  node.onaudioprocess = ({ inputBuffer }) => onPiece(Float32Array.from(inputBuffer.getChannelData(0)));
  // It works only while something takes its output, which is silence.
  node.connect(context.destination);
  return node;
}

/** Samples as a WAV file of 16 bits. */
export function encodeWav(samples, sampleRate) {
  const bytes = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const text = (at, value) => [...value].forEach((c, i) => bytes.setUint8(at + i, c.charCodeAt(0)));
  text(0, 'RIFF');
  bytes.setUint32(4, 36 + 2 * samples.length, true);
  text(8, 'WAVEfmt ');
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, sampleRate, true);
  bytes.setUint32(28, 2 * sampleRate, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  text(36, 'data');
  bytes.setUint32(40, 2 * samples.length, true);
  toPcm(samples).forEach((value, i) => bytes.setInt16(44 + 2 * i, value, true));
  return bytes.buffer;
}

/** Samples as whole numbers of 16 bits. */
export function toPcm(samples) {
  const pcm = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) pcm[i] = Math.max(-32768, Math.min(32767, Math.round(samples[i] * 32768)));
  return pcm;
}

/** Pieces as one. */
export function join(pieces) {
  const all = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

export function level(samples) {
  let peak = 0, sum = 0;
  for (const sample of samples) {
    peak = Math.max(peak, Math.abs(sample));
    sum += sample * sample;
  }
  return { peak, peakDb: Math.max(-100, 20 * Math.log10(peak || 1e-5)), db: Math.max(-100, 10 * Math.log10(sum / Math.max(1, samples.length) || 1e-10)) };
}

const player = new Audio();

/** Plays one sound at a time; resolves when it begins. */
export async function play(url) {
  player.pause();
  player.src = url;
  await player.play();
}
