import { join, level } from './sound.js';

const preRollSeconds = 0.3;
const hangoverSeconds = 0.55;
const longestWordSeconds = 4;
const shortestWordSeconds = 0.12;

/**
 * Finds words in the sound of a microphone by their level above the room: waits for one, and gives it with a little of what was before and
 * after. Pieces are those of the microphone, about 20 ms.
 */
export class VoiceTrigger {
  constructor(onWord, onState) {
    Object.assign(this, { onWord, onState });
    this.reset();
  }

  reset() {
    this.before = [];
    this.word = null;
    this.room = this.room ?? -60;
  }

  /** How loud a piece must be to be a voice. */
  get threshold() {
    return Math.max(-48, this.room + 12);
  }

  add(piece, rate) {
    const { db } = level(piece), seconds = piece.length / rate;
    if (!this.word) {
      // The room rises slowly and falls at once.
      this.room = db < this.room ? db : this.room + Math.min(3, db - this.room) * 0.02;
      this.before.push(piece);
      while (this.before.length * seconds > preRollSeconds) this.before.shift();
      if (db < this.threshold) return;
      this.word = { pieces: [...this.before], quiet: 0, loud: seconds, length: 0 };
      this.onState('heard');
      return;
    }
    this.word.pieces.push(piece);
    this.word.length += seconds;
    if (db < this.threshold - 3) this.word.quiet += seconds;
    else {
      this.word.quiet = 0;
      this.word.loud += seconds;
    }
    if (this.word.quiet < hangoverSeconds && this.word.length < longestWordSeconds) return;
    const { pieces, loud } = this.word;
    this.reset();
    if (loud >= shortestWordSeconds) this.onWord(join(pieces));
    else this.onState('waiting');
  }
}
