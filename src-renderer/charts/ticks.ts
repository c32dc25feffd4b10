export { linearTicks, logTicks, powersOfTen, shortPower } from '#charts/axes.ts';
