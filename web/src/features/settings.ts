/** Everything that decides how samples become features; the properties of FeatureSettings in Mingling.Audio. */
export interface FeatureSettings {
  readonly sampleRate: number;
  readonly windowSamples: number;
  readonly hopSamples: number;
  readonly fftSize: number;
  readonly window: 'Hann' | 'HannSymmetric' | 'Hamming' | 'HammingSymmetric' | 'Povey' | 'BlackmanSymmetric' | 'Rectangular';
  readonly blackmanCoefficient: number;
  readonly alignment: 'SnipWindow' | 'SnipFft' | 'Centered' | 'CenteredKaldi';
  readonly scaleToInt16: boolean;
  readonly removeDcOffset: boolean;
  readonly preEmphasis: number;
  readonly spectrumExponent: number;
  readonly melScale: 'Htk' | 'Slaney' | 'Kaldi';
  readonly melNorm: 'None' | 'Slaney';
  readonly melBins: number;
  readonly lowHz: number;
  readonly highHz: number;
  readonly warpFactor: number;
  readonly warpLowHz: number;
  readonly warpHighHz: number;
  readonly compression: 'None' | 'LogOffset' | 'LogFloor' | 'Decibels' | 'Pcen';
  readonly logOffset: number;
  readonly logFloor: number;
  readonly pcen: PcenSettings;
  readonly cepstra: number;
  readonly cosineNorm: 'Orthonormal' | 'None';
  readonly lifter: number;
  readonly useEnergy: boolean;
  readonly rawEnergy: boolean;
  readonly energyFloor: number;
  readonly energyLast: boolean;
}

/** Per-channel energy normalisation (Wang et al. 2017). */
export interface PcenSettings {
  readonly smoothing: number;
  readonly gain: number;
  readonly bias: number;
  readonly root: number;
  readonly epsilon: number;
}

/** The number of values in a frame. */
export function binsOf(settings: FeatureSettings): number {
  return settings.cepstra > 0 ? settings.cepstra : settings.melBins + (settings.useEnergy ? 1 : 0);
}

/** The time from one frame to the next in milliseconds. */
export function hopMsOf(settings: FeatureSettings): number {
  return (1000 * settings.hopSamples) / settings.sampleRate;
}

/** The upper edge of the last filter in hertz. */
export function upperEdgeOf(settings: FeatureSettings): number {
  return settings.highHz > 0 ? settings.highHz : 0.5 * settings.sampleRate + settings.highHz;
}
