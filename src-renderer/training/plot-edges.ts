/** Room beside the plots, px: the loss and the learning rate share one axis of epochs. */
export const LEFT = 52;
/** For the names of the baselines, and their numbers where there is room for them. */
export const showsNumbers = (width: number) => width >= 560;
export const rightOf = (width: number) => (showsNumbers(width) ? 136 : 92);
