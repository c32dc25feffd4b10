import type { Palette } from '../../charts/candles/palette.ts';

const TITLE_HEIGHT = 44;

/** The chart under two lines that say what it shows, so that the picture speaks alone. */
export function titledPicture(
  chart: HTMLCanvasElement,
  lines: readonly [title: string, about: string],
  palette: Palette,
): HTMLCanvasElement {
  const scale = devicePixelRatio;
  const canvas = document.createElement('canvas');
  canvas.width = chart.width;
  canvas.height = chart.height + Math.round(TITLE_HEIGHT * scale);
  const context = canvas.getContext('2d')!;
  context.fillStyle = palette.panel;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(chart, 0, canvas.height - chart.height);
  context.scale(scale, scale);
  context.textBaseline = 'middle';
  const width = chart.width / scale - 24;
  context.font = `600 13px ${palette.font}`;
  context.fillStyle = palette.text;
  context.fillText(lines[0], 12, 14, width);
  context.font = `400 12px ${palette.font}`;
  context.fillStyle = palette.text2;
  context.fillText(lines[1], 12, 32, width);
  return canvas;
}
