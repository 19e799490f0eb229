/** The last frames of a feature stream, in the layout of a model's input: [bins, frames]. Each bin has a ring that is written twice. */
export class FeatureWindow {
  count = 0;
  private readonly rings: Float32Array;

  constructor(private readonly bins: number, private readonly frames: number) {
    this.rings = new Float32Array(bins * 2 * frames);
  }

  add(frame: Float32Array): void {
    const place = this.count % this.frames;
    for (let bin = 0; bin < this.bins; bin++) {
      const at = bin * 2 * this.frames + place;
      this.rings[at] = this.rings[at + this.frames] = frame[bin];
    }
    this.count++;
  }

  /** The latest frames, the oldest of them first: [bins, count]. */
  latest(count: number): Float32Array {
    const features = new Float32Array(this.bins * count);
    const first = (this.count % this.frames) + this.frames - count;
    for (let bin = 0; bin < this.bins; bin++) {
      const at = bin * 2 * this.frames + first;
      features.set(this.rings.subarray(at, at + count), bin * count);
    }
    return features;
  }

  reset(): void {
    this.count = 0;
  }
}
