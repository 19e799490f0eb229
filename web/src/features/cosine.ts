import type { FeatureSettings } from './settings.js';

const f = Math.fround;

/** The discrete cosine transform (type II) that turns log mel energies into cepstral coefficients, with the lifter folded in. */
export class CosineTransform {
  private readonly table: Float32Array;
  private readonly inputs: number;

  constructor(private readonly settings: FeatureSettings) {
    this.inputs = settings.melBins;
    this.table = new Float32Array(settings.cepstra * this.inputs);
    for (let i = 0; i < settings.cepstra; i++) {
      const scale = scaleOf(settings, i);
      for (let m = 0; m < this.inputs; m++) this.table[i * this.inputs + m] = scale * Math.cos((Math.PI * i * (m + 0.5)) / this.inputs);
    }
  }

  apply(logEnergies: Float32Array, cepstra: Float32Array): void {
    for (let i = 0; i < this.settings.cepstra; i++) {
      let sum = 0;
      for (let m = 0; m < this.inputs; m++) sum = f(sum + f(this.table[i * this.inputs + m] * logEnergies[m]));
      cepstra[i] = sum;
    }
  }
}

function scaleOf(settings: FeatureSettings, i: number): number {
  const norm = settings.cosineNorm === 'None' ? 2 : Math.sqrt((i === 0 ? 1 : 2) / settings.melBins);
  const lifter = settings.lifter === 0 ? 1 : 1 + 0.5 * settings.lifter * Math.sin((Math.PI * i) / settings.lifter);
  const isHtkFirst = i === 0 && settings.energyLast && !settings.useEnergy;
  return norm * lifter * (isHtkFirst ? Math.SQRT2 : 1);
}
