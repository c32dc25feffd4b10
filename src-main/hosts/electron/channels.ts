/** Names that the preload script and the main process meet by. */
export const CALL_CHANNEL = 'size-picker:call';
export const EVENT_CHANNEL = 'size-picker:event';
