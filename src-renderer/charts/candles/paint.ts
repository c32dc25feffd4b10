import { isOnScale, type Scene, type SceneMark } from './scene.ts';
import type { Palette } from './palette.ts';

type Context = CanvasRenderingContext2D;

/** The scene in pixels of one pane. A place that is not known is null. */
export interface Places {
  readonly width: number;
  readonly height: number;
  readonly entry: number | null;
  readonly liquidation: number | null;
  readonly breakEven: number | null;
  readonly windowFrom: number | null;
  readonly windowTo: number | null;
  readonly gaps: readonly { readonly x: number | null; readonly text: string }[];
  /** Pixels from bar to bar. */
  readonly spacing: number;
  readonly marks: readonly (SceneMark & { readonly x: number | null; readonly y: number | null })[];
}

const CAPTION = 11;
const TAG_HEIGHT = 20;
const TAG_LEFT = 12;
const HATCH_STEP = 9;
const BRACKET_GAP = 11;
/** Pixels from bar to bar at which a word fits between two gaps. */
const ROOM_FOR_TEXT = 3;
/** Half the width of a mark. */
const MARK = 5;
/** Width of the arrow in a tag. */
const ARROW = 8;
const DIAMOND = [
  [0, -MARK],
  [MARK, 0],
  [0, MARK],
  [-MARK, 0],
] as const;

/** On a pixel's centre, so that a line of 1 px is one row of pixels. */
const crisp = (y: number) => Math.round(y) + 0.5;

function line(context: Context, x1: number, y1: number, x2: number, y2: number) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

/** Under the candles: the tinted window of the model and the hatched ground beyond liquidation. */
export function paintGround(context: Context, scene: Scene, places: Places, palette: Palette) {
  const { width, height, windowFrom, windowTo, liquidation } = places;
  context.save();
  if (scene.window && windowFrom !== null && windowTo !== null) {
    context.fillStyle = palette.shade;
    context.fillRect(windowFrom, 0, windowTo - windowFrom, height);
    context.strokeStyle = palette.shadeEdge;
    context.setLineDash([3, 3]);
    for (const x of [crisp(windowFrom), crisp(windowTo)]) line(context, x, 0, x, height);
    context.setLineDash([]);
  }
  paintGaps(context, places, palette);
  if (liquidation !== null) {
    const [top, bottom] = scene.direction === 'long' ? [liquidation, height] : [0, liquidation];
    context.beginPath();
    context.rect(0, top, width, Math.max(0, bottom - top));
    context.clip();
    context.strokeStyle = palette.hatch;
    const tall = bottom - top;
    for (let x = -(tall % HATCH_STEP) - tall; x < width + tall; x += HATCH_STEP) {
      line(context, x, bottom, x + tall, top);
    }
  }
  context.restore();
}

/** A dotted line where bars are missing, with their number where there is room for it. */
function paintGaps(context: Context, { gaps, height, width, spacing }: Places, palette: Palette) {
  context.strokeStyle = palette.warn;
  context.fillStyle = palette.warn;
  context.font = `540 ${CAPTION}px ${palette.font}`;
  context.textBaseline = 'middle';
  context.setLineDash([1, 3]);
  for (const { x, text } of gaps) {
    if (x === null || x < 0 || x > width) continue;
    line(context, crisp(x), 0, crisp(x), height);
    if (spacing >= ROOM_FOR_TEXT) context.fillText(text, x + 4, height - 10);
  }
  context.setLineDash([]);
}

/** Over the candles: entry, liquidation, their tags, and the bracket between them. */
export function paintLines(context: Context, scene: Scene, places: Places, palette: Palette) {
  const { width, height, entry, liquidation, windowFrom, windowTo } = places;
  context.save();
  if (entry !== null) {
    context.strokeStyle = palette.text2;
    line(context, 0, crisp(entry), width, crisp(entry));
  }
  if (scene.breakEven && places.breakEven !== null) {
    paintBreakEven(context, scene, places.breakEven, places, palette);
  }
  if (scene.liquidation && liquidation !== null) {
    context.strokeStyle = palette.down;
    context.lineWidth = 2;
    context.setLineDash([4, 3]);
    line(context, 0, Math.round(liquidation), width, Math.round(liquidation));
    context.setLineDash([]);
    context.lineWidth = 1;
  }
  if (scene.liquidation?.distance && liquidation !== null && entry !== null && windowTo !== null) {
    bracket(context, crisp(windowTo) + BRACKET_GAP, entry, liquidation, scene, palette);
  }
  if (scene.window && windowFrom !== null && windowTo !== null) {
    context.font = `540 ${CAPTION}px ${palette.font}`;
    context.fillStyle = palette.accent;
    context.textBaseline = 'middle';
    const name = scene.window.name;
    const left = Math.max(windowFrom, 0) + 8;
    if (left + context.measureText(name).width < windowTo) context.fillText(name, left, 13);
  }
  for (const mark of places.marks) paintMark(context, mark, width, palette);
  // Tags last, each on its own side of its line, so that neither covers the other.
  const isLong = scene.direction === 'long';
  if (entry !== null) {
    tag(context, scene.entryTag, entry - TAG_HEIGHT / 2, palette.text, palette.text2, palette);
  }
  if (scene.liquidation) {
    const off = liquidation === null && !isOnScale(scene);
    const pointing = off ? (isLong ? 'down' : 'up') : null;
    const text = scene.liquidation.tag;
    const edge = isLong ? height - TAG_HEIGHT - 8 : 28;
    const beside =
      liquidation === null ? edge : isLong ? liquidation - TAG_HEIGHT - 6 : liquidation + 6;
    tag(
      context,
      text,
      clearOf(beside, entry, isLong),
      palette.down,
      palette.down,
      palette,
      pointing,
    );
  }
  context.restore();
}

/** A dotted line with its name beside the entry's tag: away from the newest candles. */
function paintBreakEven(
  context: Context,
  { breakEven, entryTag }: Scene,
  y: number,
  { width, entry }: Places,
  palette: Palette,
) {
  context.strokeStyle = palette.text2;
  context.setLineDash([1, 3]);
  line(context, 0, crisp(y), width, crisp(y));
  context.setLineDash([]);
  context.font = `540 ${CAPTION}px ${palette.font}`;
  context.textBaseline = 'middle';
  const { tag: text } = breakEven!;
  const { width: textWidth } = context.measureText(text);
  const left = TAG_LEFT + tagWidth(context, entryTag) + 8;
  const middle = entry !== null && entry < y ? y + 10 : y - 10;
  context.fillStyle = palette.panel;
  context.fillRect(left, middle - 8, textWidth + 8, 16);
  context.fillStyle = palette.text2;
  context.fillText(text, left + 4, middle);
}

/** A diamond where the trade ended by its rule, a cross where it was liquidated, and the word for it. */
function paintMark(
  context: Context,
  { x, y, kind, text }: Places['marks'][number],
  width: number,
  palette: Palette,
) {
  if (x === null || y === null) return;
  const color = kind === 'exit' ? palette.text : palette.down;
  context.lineWidth = 2;
  context.strokeStyle = color;
  context.fillStyle = color;
  if (kind === 'exit') {
    context.beginPath();
    for (const [dx, dy] of DIAMOND) context.lineTo(x + dx, y + dy);
    context.closePath();
    context.fill();
  } else {
    line(context, x - MARK, y - MARK, x + MARK, y + MARK);
    line(context, x - MARK, y + MARK, x + MARK, y - MARK);
  }
  context.lineWidth = 1;
  context.font = `540 ${CAPTION}px ${palette.font}`;
  context.textBaseline = 'middle';
  const { width: textWidth } = context.measureText(text);
  // Beside the mark, on the side that has room, with an edge that keeps it legible over candles.
  const left = x + MARK + 4 + textWidth + 4 < width ? x + MARK + 4 : x - MARK - 4 - textWidth;
  context.lineWidth = 3;
  context.strokeStyle = palette.panel;
  context.strokeText(text, left, y);
  context.lineWidth = 1;
  context.fillText(text, left, y);
}

/** Where the liquidation is a hair from the entry, its tag steps past the entry's. */
function clearOf(top: number, entry: number | null, isLong: boolean): number {
  if (entry === null || Math.abs(top + TAG_HEIGHT / 2 - entry) >= TAG_HEIGHT + 2) return top;
  return isLong ? entry + TAG_HEIGHT / 2 + 6 : entry - TAG_HEIGHT * 1.5 - 6;
}

function bracket(
  context: Context,
  x: number,
  entry: number,
  liquidation: number,
  scene: Scene,
  palette: Palette,
) {
  context.strokeStyle = palette.text3;
  line(context, x, entry, x, liquidation);
  for (const y of [crisp(entry), crisp(liquidation)]) line(context, x - 3, y, x + 3, y);
  const text = scene.liquidation!.distance!;
  const middle = entry + (liquidation - entry) * 0.7;
  if (Math.abs(liquidation - entry) < 40) return;
  context.font = `540 ${CAPTION}px ${palette.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const { width } = context.measureText(text);
  context.fillStyle = palette.panel;
  context.fillRect(x - 10 - width, middle - 8, width + 6, 16);
  context.fillStyle = palette.text2;
  context.fillText(text, x - 7, middle);
  context.textAlign = 'left';
}

/** Of a tag without an arrow. The typeface must have been set. */
const tagWidth = (context: Context, text: string) =>
  Math.ceil(context.measureText(text).width) + 14;

function tag(
  context: Context,
  text: string,
  top: number,
  color: string,
  edge: string,
  palette: Palette,
  /** Drawn before the text where the line lies beyond the scale: the typeface has no such glyph. */
  pointing: 'up' | 'down' | null = null,
) {
  context.font = `540 ${CAPTION}px ${palette.font}`;
  context.textBaseline = 'middle';
  const indent = pointing ? ARROW + 5 : 0;
  const width = tagWidth(context, text) + indent;
  context.beginPath();
  context.roundRect(TAG_LEFT + 0.5, Math.round(top) + 0.5, width, TAG_HEIGHT - 1, 3);
  context.fillStyle = palette.panel;
  context.fill();
  context.strokeStyle = edge;
  context.stroke();
  context.fillStyle = color;
  const middle = Math.round(top) + TAG_HEIGHT / 2 + 0.5;
  context.fillText(text, TAG_LEFT + 7.5 + indent, middle);
  if (!pointing) return;
  const [base, tip] = pointing === 'down' ? [-3, 4] : [3, -4];
  context.beginPath();
  context.moveTo(TAG_LEFT + 7.5, middle + base);
  context.lineTo(TAG_LEFT + 7.5 + ARROW, middle + base);
  context.lineTo(TAG_LEFT + 7.5 + ARROW / 2, middle + tip);
  context.fill();
}
