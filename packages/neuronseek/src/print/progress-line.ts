import { printable } from './printable.js';

/** What `discover` tells while it works. */
export interface ProgressEvent {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  readonly detail: string;
}

/** Where progress goes: `process.stderr`, or something like it. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Options of `progressLine`. */
export interface ProgressOptions {
  /** Milliseconds; with it the line is rewritten at most every 80 ms. Default: no limit. */
  readonly now?: () => number;
  /** Rewrite one line by carriage returns; default: whether the stream is a terminal. */
  readonly live?: boolean;
}

/** Takes events; `finish` clears the line. */
export interface ProgressLine {
  update(event: ProgressEvent): void;
  finish(): void;
}

const INTERVAL = 80;
const BAR = 20;

/**
 * Progress as one line that rewrites itself on a terminal, and as plain lines elsewhere: one at the start of a phase and at
 * each quarter of it. Uses carriage returns and spaces only, no colour and no escape sequence, so NO_COLOR has nothing to forbid.
 */
export function progressLine(stream: ProgressStream, options: ProgressOptions = {}): ProgressLine {
  return (options.live ?? stream.isTTY === true) ? liveLine(stream, options.now) : plainLines(stream);
}

function liveLine(stream: ProgressStream, now: (() => number) | undefined): ProgressLine {
  let length = 0;
  let phase = '';
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    update(event) {
      const time = now?.() ?? Number.POSITIVE_INFINITY;
      const complete = event.done >= event.total;
      if (event.phase === phase && !complete && time - drawn < INTERVAL) return;
      phase = event.phase;
      drawn = time;
      // The last column stays free: writing it makes some terminals wrap.
      const width = Math.max(10, (stream.columns ?? 80) - 1);
      const filled = Math.round(BAR * share(event));
      const detail = event.detail === '' ? '' : `  ${event.detail}`;
      const line = printable(
        `${event.phase} [${'#'.repeat(filled)}${'.'.repeat(BAR - filled)}] ${percent(event)} %${detail}`,
      );
      const text = [...line].slice(0, width).join('');
      stream.write(`\r${text}${' '.repeat(Math.max(0, Math.min(length, width) - text.length))}`);
      length = text.length;
    },
    finish() {
      if (length > 0) stream.write(`\r${' '.repeat(length)}\r`);
      length = 0;
    },
  };
}

function plainLines(stream: ProgressStream): ProgressLine {
  let phase: string | undefined;
  let quarter = -1;
  return {
    update(event) {
      const reached = Math.floor(4 * share(event));
      if (event.phase === phase && reached <= quarter) return;
      phase = event.phase;
      quarter = reached;
      const detail = event.detail === '' ? '' : `, ${event.detail}`;
      stream.write(`${printable(`${event.phase}: ${percent(event)} %${detail}`)}\n`);
    },
    finish() {},
  };
}

function share({ done, total }: ProgressEvent): number {
  const value = total > 0 ? done / total : 0;
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}

function percent(event: ProgressEvent): number {
  return Math.floor(100 * share(event));
}
