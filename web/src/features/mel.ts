import { upperEdgeOf, type FeatureSettings } from './settings.js';

const f = Math.fround;
const slaneyHzPerMel = 200 / 3;
const slaneyKneeMel = 1000 / slaneyHzPerMel;
const slaneyLogStep = Math.log(6.4) / 27;

/** Triangular filters over the spectrum, evenly spaced in mel; only the span where a filter is not zero is kept. */
export class MelFilterBank {
  private readonly first: Int32Array;
  private readonly offsets: Int32Array;
  private readonly weights: Float32Array;

  constructor(settings: FeatureSettings) {
    const edges = edgesHz(settings);
    this.first = new Int32Array(settings.melBins);
    this.offsets = new Int32Array(settings.melBins + 1);
    const weights: number[] = [];
    for (let m = 0; m < settings.melBins; m++) {
      const filter = triangle(settings, edges[m], edges[m + 1], edges[m + 2]);
      const first = Math.max(0, filter.findIndex((weight) => weight > 0));
      let end = filter.length;
      while (end > 0 && !(filter[end - 1] > 0)) end--;
      this.first[m] = first;
      for (let k = first; k < end; k++) weights.push(filter[k]);
      this.offsets[m + 1] = weights.length;
    }
    this.weights = new Float32Array(weights);
  }

  /** [frequencies] to [filters]. */
  apply(spectrum: Float32Array, energies: Float32Array): void {
    for (let m = 0; m < this.first.length; m++) {
      const begin = this.offsets[m], length = this.offsets[m + 1] - begin, first = this.first[m];
      let sum = 0;
      for (let k = 0; k < length; k++) sum = f(sum + f(this.weights[begin + k] * spectrum[first + k]));
      energies[m] = sum;
    }
  }
}

function edgesHz(settings: FeatureSettings): number[] {
  const low = fromHz(settings.melScale, settings.lowHz);
  const high = fromHz(settings.melScale, upperEdgeOf(settings));
  return Array.from({ length: settings.melBins + 2 }, (_, i) => warp(settings, toHz(settings.melScale, low + ((high - low) * i) / (settings.melBins + 1))));
}

function triangle(settings: FeatureSettings, leftHz: number, centerHz: number, rightHz: number): number[] {
  const straightInMel = settings.melScale === 'Kaldi';
  const axis = (hz: number) => (straightInMel ? fromHz('Kaldi', hz) : hz);
  const left = axis(leftHz), center = axis(centerHz), right = axis(rightHz);
  const height = settings.melNorm === 'Slaney' ? 2 / (rightHz - leftHz) : 1;
  const length = straightInMel ? Math.trunc((settings.fftSize + 1) / 2) : Math.trunc(settings.fftSize / 2) + 1;
  return Array.from({ length }, (_, k) => {
    const at = axis((k * settings.sampleRate) / settings.fftSize);
    return height * Math.max(0, Math.min((at - left) / (center - left), (right - at) / (right - center)));
  });
}

/** The piecewise-linear warp of vocal-tract length normalisation as in Kaldi. */
function warp(settings: FeatureSettings, hz: number): number {
  const factor = settings.warpFactor, low = settings.lowHz, high = upperEdgeOf(settings);
  if (factor === 1 || hz <= low || hz >= high) return hz;
  const upperBend = settings.warpHighHz > 0 ? settings.warpHighHz : 0.5 * settings.sampleRate + settings.warpHighHz;
  const lowBend = settings.warpLowHz * Math.max(1, factor), highBend = upperBend * Math.min(1, factor);
  if (hz < lowBend) return low + ((lowBend / factor - low) / (lowBend - low)) * (hz - low);
  if (hz < highBend) return hz / factor;
  return high + ((high - highBend / factor) / (high - highBend)) * (hz - high);
}

function fromHz(scale: FeatureSettings['melScale'], hz: number): number {
  if (scale === 'Htk') return 2595 * Math.log10(1 + hz / 700);
  if (scale === 'Kaldi') return 1127 * Math.log(1 + hz / 700);
  return hz < 1000 ? hz / slaneyHzPerMel : slaneyKneeMel + Math.log(hz / 1000) / slaneyLogStep;
}

function toHz(scale: FeatureSettings['melScale'], mel: number): number {
  if (scale === 'Htk') return 700 * (10 ** (mel / 2595) - 1);
  if (scale === 'Kaldi') return 700 * (Math.exp(mel / 1127) - 1);
  return mel < slaneyKneeMel ? mel * slaneyHzPerMel : 1000 * Math.exp((mel - slaneyKneeMel) * slaneyLogStep);
}
