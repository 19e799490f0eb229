import { CosineTransform } from './cosine.js';
import { RealFft } from './fft.js';
import { expf, logf } from './float.js';
import { MelFilterBank } from './mel.js';
import { binsOf, type FeatureSettings } from './settings.js';

const f = Math.fround;
const smallestEnergy = 1.1920928955078125e-7;

/** Turns one window of samples into a frame: the steps 3 to 9 of docs/front-end.md, in single precision and in their order. */
export class FrameKernel {
  /** The samples of the window: write them, then call `compute`. */
  readonly samples: Float32Array;
  private readonly bins: number;
  private readonly window: Float32Array;
  private readonly fft: RealFft;
  private readonly mel: MelFilterBank;
  private readonly cosine: CosineTransform | null;
  private readonly spectrum: Float32Array;
  private readonly energies: Float32Array;
  private readonly smoothed: Float32Array;
  private isSmoothing = false;

  constructor(private readonly settings: FeatureSettings) {
    this.bins = binsOf(settings);
    this.samples = new Float32Array(settings.windowSamples);
    this.window = windowTable(settings);
    this.fft = new RealFft(settings.fftSize);
    this.mel = new MelFilterBank(settings);
    this.cosine = settings.cepstra > 0 ? new CosineTransform(settings) : null;
    this.spectrum = new Float32Array(Math.trunc(settings.fftSize / 2) + 1);
    this.energies = new Float32Array(settings.melBins);
    this.smoothed = new Float32Array(settings.melBins);
  }

  /** Begins a new signal. */
  reset(): void {
    this.isSmoothing = false;
  }

  /** Computes the frame of the samples, which are overwritten. */
  compute(frame: Float32Array): void {
    const energy = this.condition();
    this.transform();
    this.mel.apply(this.spectrum, this.energies);
    this.compress();
    this.assemble(energy, frame);
  }

  /** Scale, mean, energy, pre-emphasis, taper, in this order, in place. Returns the log energy where the settings use it. */
  private condition(): number {
    const s = this.settings, x = this.samples;
    let energy = 0;
    if (s.scaleToInt16) for (let n = 0; n < x.length; n++) x[n] *= 32768;
    if (s.removeDcOffset) removeMean(x);
    if (s.useEnergy && s.rawEnergy) energy = this.logEnergy();
    if (s.preEmphasis !== 0) {
      const c = f(s.preEmphasis);
      let before = x[0];
      for (let n = 0; n < x.length; n++) {
        const now = x[n];
        x[n] = now - f(c * before);
        before = now;
      }
    }
    for (let n = 0; n < x.length; n++) x[n] *= this.window[n];
    if (s.useEnergy && !s.rawEnergy) energy = this.logEnergy();
    return energy;
  }

  private logEnergy(): number {
    let sum = 0;
    for (let n = 0; n < this.samples.length; n++) sum = f(sum + f(this.samples[n] * this.samples[n]));
    return logf(Math.max(sum, Math.max(smallestEnergy, f(this.settings.energyFloor))));
  }

  private transform(): void {
    const { work, slots, isHalved } = this.fft;
    if (!isHalved) work.fill(0);
    for (let n = 0; n < this.samples.length; n++) work[slots[n]] = this.samples[n];
    for (let n = this.samples.length; n < slots.length; n++) work[slots[n]] = 0;
    this.fft.transform();
    for (let k = 0; k < this.spectrum.length; k++) {
      const real = work[2 * k], imaginary = work[2 * k + 1];
      this.spectrum[k] = f(real * real) + f(imaginary * imaginary);
    }
    if (this.settings.spectrumExponent === 1) for (let k = 0; k < this.spectrum.length; k++) this.spectrum[k] = Math.sqrt(this.spectrum[k]);
  }

  private compress(): void {
    const mel = this.energies, offset = f(this.settings.logOffset), floor = f(this.settings.logFloor), decibels = f(10 / Math.log(10));
    switch (this.settings.compression) {
      case 'LogOffset':
        for (let m = 0; m < mel.length; m++) mel[m] = logf(f(mel[m] + offset));
        break;
      case 'LogFloor':
        for (let m = 0; m < mel.length; m++) mel[m] = logf(Math.max(mel[m], floor));
        break;
      case 'Decibels':
        for (let m = 0; m < mel.length; m++) mel[m] = logf(Math.max(mel[m], floor)) * decibels;
        break;
      case 'Pcen':
        this.normalize();
        break;
      case 'None':
        break;
    }
  }

  /** Per-channel energy normalisation, which remembers earlier frames. */
  private normalize(): void {
    const { smoothing, gain, bias, root, epsilon } = this.settings.pcen, mel = this.energies, smoothed = this.smoothed;
    const s = f(smoothing), keep = f(1 - smoothing), r = f(root), shift = f(bias ** root);
    if (!this.isSmoothing) smoothed.set(mel);
    this.isSmoothing = true;
    for (let i = 0; i < mel.length; i++) {
      smoothed[i] = f(keep * smoothed[i]) + f(s * mel[i]);
      const normalized = f(mel[i] * expf(f(-f(gain) * logf(f(f(epsilon) + smoothed[i])))));
      mel[i] = expf(f(r * logf(f(normalized + f(bias))))) - shift;
    }
  }

  private assemble(energy: number, frame: Float32Array): void {
    const { useEnergy, energyLast } = this.settings;
    if (this.cosine) {
      this.cosine.apply(this.energies, frame);
      if (useEnergy) frame[0] = energy;
      if (!energyLast) return;
      const first = frame[0];
      frame.copyWithin(0, 1, this.bins);
      frame[this.bins - 1] = first;
    } else if (!useEnergy) {
      frame.set(this.energies);
    } else {
      frame.set(this.energies, energyLast ? 0 : 1);
      frame[energyLast ? this.bins - 1 : 0] = energy;
    }
  }
}

function removeMean(x: Float32Array): void {
  // Four sums, as in .NET: the order decides the last bits.
  let a = 0, b = 0, c = 0, d = 0, n = 0;
  for (; n + 4 <= x.length; n += 4) {
    a = f(a + x[n]);
    b = f(b + x[n + 1]);
    c = f(c + x[n + 2]);
    d = f(d + x[n + 3]);
  }
  for (; n < x.length; n++) a = f(a + x[n]);
  const mean = f(f(f(a + b) + f(c + d)) / x.length);
  for (let i = 0; i < x.length; i++) x[i] -= mean;
}

function windowTable(settings: FeatureSettings): Float32Array {
  const w = settings.windowSamples;
  const cosine = (mean: number, n: number, period: number) => mean - (1 - mean) * Math.cos((2 * Math.PI * n) / period);
  const shape = (n: number): number => {
    switch (settings.window) {
      case 'Hann': return cosine(0.5, n, w);
      case 'HannSymmetric': return cosine(0.5, n, w - 1);
      case 'Hamming': return cosine(0.54, n, w);
      case 'HammingSymmetric': return cosine(0.54, n, w - 1);
      case 'Povey': return cosine(0.5, n, w - 1) ** 0.85;
      case 'BlackmanSymmetric': {
        const a = settings.blackmanCoefficient;
        return a - 0.5 * Math.cos((2 * Math.PI * n) / (w - 1)) + (0.5 - a) * Math.cos((4 * Math.PI * n) / (w - 1));
      }
      case 'Rectangular': return 1;
    }
  };
  return Float32Array.from({ length: w }, (_, n) => shape(n));
}
