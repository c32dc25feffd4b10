import { CHOOSERS, type Chooser } from '../contract/journal-words.ts';
import { MODEL_KINDS } from '../domain/models/kinds.ts';
import { apart, group, path, shapesAt, text, through } from './chart.ts';
import type { Frame, GroupMark, Mark, Point } from './chart.ts';
import type { JudgedModel } from '../contract/evaluation.ts';

/** How the line of one model, rule, way to choose or market is drawn, in every chart alike. */
export interface Series {
  readonly name: string;
  /** Its classes: what it is, which gives the colour, and whether the picture is about it. */
  readonly of: string;
  /** Lines differ by their dashes, whatever their colour, */
  readonly dash: string;
  /** and by a shape around 0 0, in relative commands. */
  readonly marker: string;
}

const circle = (r: number) => `m-${r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0z`;
const square = (side: number) => `m-${side / 2}-${side / 2}h${side}v${side}h-${side}z`;
export const diamond = (r: number) => `m0-${r}l${r} ${r}l-${r} ${r}l-${r}-${r}z`;
export const cross = (r: number) => `m-${r}-${r}l${2 * r} ${2 * r}m0-${2 * r}l-${2 * r} ${2 * r}`;
export const dot = circle(2);

type Look = readonly [of: string, dash: string, marker: string];
const RULES: Readonly<Record<string, Look>> = {
  'volatility rule': ['volatility-rule', '7 3', 'm0-4l4 7h-8z'],
  lookup: ['lookup', '2 3', 'm0 4l4-7h-8z'],
  constant: ['constant', '1 3', cross(3)],
  'fixed size': ['fixed-size', '9 3 2 3', 'm0-4v8m-4-4h8'],
};
function lookOf({ kind, name }: JudgedModel): Look {
  if (kind === 'baseline') return RULES[name] ?? RULES['constant']!;
  const { color, marker } = MODEL_KINDS[kind];
  return [color, '', marker];
}

/** Of the second model of a kind, of the third and so on. */
const LATER_DASHES = ['9 3', '4 2 1 2', '12 2 2 2', '5 5'];

/** The line of a model among those of an evaluation, of which the first is what it is about. */
export function modelSeries(model: JudgedModel, models: readonly JudgedModel[]): Series {
  const [of, dash, marker] = lookOf(model);
  const rank =
    model.kind === 'baseline'
      ? 0
      : models.slice(0, models.indexOf(model)).filter(({ kind }) => kind === model.kind).length;
  const classes = ['series', of, rank > 0 && 'hollow', models[0] === model && 'first'];
  return {
    name: model.name,
    of: classes.filter(Boolean).join(' '),
    dash: rank === 0 ? dash : LATER_DASHES[(rank - 1) % LATER_DASHES.length]!,
    marker,
  };
}

const CHOOSER_DASHES = ['', '6 3', '2 3'];

/** The line of a way to choose the sizes of past trades. */
export const chooserSeries = (chooser: Chooser, name: string): Series => ({
  name,
  of: `series ${chooser}${chooser === 'recommended' ? ' first' : ''}`,
  dash: CHOOSER_DASHES[CHOOSERS.indexOf(chooser)]!,
  marker: '',
});

const MARKETS: Readonly<Record<string, Look>> = {
  GARCH: ['garch', '7 3', square(7)],
  'Stochastic volatility': ['volatility', '2 3', 'm0-4.5l4.2 7.7h-8.4z'],
  Bootstrap: ['bootstrap', '9 3 2 3', diamond(5)],
  Mix: ['mix', '14 3', cross(4)],
};

/** The line of a market: a generator, or the real series that it is held against. */
export function marketSeries(name: string, isReal: boolean): Series {
  const [of, dash, marker] = (isReal ? undefined : MARKETS[name]) ?? ['real', '', circle(4)];
  return { name, of: `series ${of} ${isReal ? 'first' : 'hollow'}`, dash, marker };
}

export const line = ({ dash }: Series, points: readonly Point[]): Mark | null =>
  points.length === 0 ? null : path('line', through(points), dash);

export const dots = ({ marker }: Series, points: readonly Point[]): Mark | null =>
  points.length === 0 || marker === '' ? null : path('dot', shapesAt(marker, points));

/** A line as a legend shows it, 22 × 10 px. */
export const swatch = (series: Series): GroupMark =>
  group(series.of, [path('line', 'M0 5H22', series.dash), dots(series, [[11, 5]])]);

/** Names in the margin at the ends of lines, each with its marker, none on another. */
export function namesAtEnds(
  { right, top, bottom }: Frame,
  ends: readonly { readonly series: Series; readonly y: number; readonly name: string }[],
): GroupMark[] {
  const heights = apart(
    ends.map(({ y }) => y),
    [top, bottom],
  );
  return ends.map(({ series, name }, i) => {
    const at: Point = [right + 12, heights[i]!];
    const start = series.marker === '' ? 6 : 22;
    return group(series.of, [dots(series, [at]), text('name', right + start, at[1], name)]);
  });
}
