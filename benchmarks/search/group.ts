/** What a group is run with. */
export interface RunContext {
  /** Keys of what is drawn. */
  readonly seeds: readonly number[];
  /** Prints a line while the group runs. */
  readonly say: (line: string) => void;
}

/** One thing that was aimed at, and what was seen. */
export interface Summary {
  readonly what: string;
  readonly reach: string;
  readonly seen: string;
  /** Undefined where nothing was aimed at. */
  readonly met: boolean | undefined;
}

/** How and when a group was run; the rest of the stored file is its data. */
export interface Provenance {
  readonly cpu: string;
  readonly cores: number;
  /** Average load before and after; the run itself is 1. */
  readonly loads: readonly number[];
  readonly versions: string;
  readonly date: string;
  readonly seeds: readonly number[];
  readonly minutes: number;
}

/** A group of the benchmark: what it measures, and how that is shown. */
export interface Group<Data> {
  /** By which it is chosen, and the name of its file of results. */
  readonly name: string;
  readonly title: string;
  /** Measures; a text says why it cannot. */
  readonly run: (context: RunContext) => Promise<Data | string>;
  readonly summarise: (data: Data) => readonly Summary[];
  /** Lines of Markdown below the title. */
  readonly show: (data: Data) => readonly string[];
}

/** A part of the page. */
export interface Section {
  readonly name: string;
  readonly title: string;
  readonly provenance: Provenance;
  readonly summaries: readonly Summary[];
  readonly lines: readonly string[];
}

/** A group whose data nobody else needs to know. */
export interface AnyGroup {
  readonly name: string;
  readonly title: string;
  readonly run: (context: RunContext) => Promise<unknown>;
  /** The part of the page that a file of results is shown as. */
  readonly section: (json: string) => Section;
}

/** The group with its data closed over. */
export function closed<Data>({ name, title, run, summarise, show }: Group<Data>): AnyGroup {
  return {
    name,
    title,
    run,
    section: (json) => {
      const { provenance, data }: { provenance: Provenance; data: Data } = JSON.parse(json);
      return { name, title, provenance, summaries: summarise(data), lines: show(data) };
    },
  };
}
