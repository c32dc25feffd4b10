import { createContext } from 'svelte';
import type { CommandId } from '#contract/commands.ts';

/** Does a command of the window: for what is shared by views and knows none of them. */
export const [getRunCommand, setRunCommand] = createContext<(id: CommandId) => void>();
