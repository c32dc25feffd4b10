import type { Client, Answer } from '#contract/transport.ts';

/** A piece is at most 1 MiB and a multiple of 3 bytes, so that its base64 has no filling inside. */
const PIECE_BYTES = 3 * 349_525;

/** How far a file is handed over (0 to 1), and whether to go on after each piece. */
export interface Handover {
  readonly onProgress: (share: number) => void;
  readonly isWanted: () => boolean;
}

/** Hands a file to the app piece by piece; null where it is no longer wanted. */
export async function stageFile(
  client: Client,
  file: File,
  { onProgress, isWanted }: Handover,
): Promise<Answer<{ upload: string }> | null> {
  let upload: string | null = null;
  for (let from = 0; from === 0 || from < file.size; from += PIECE_BYTES) {
    const piece = await base64(file.slice(from, from + PIECE_BYTES));
    const fileName = file.name;
    const staged: Answer<{ upload: string }> = await client.call('import.stage', {
      upload,
      fileName,
      piece,
    });
    if (!staged.ok) return staged;
    upload = staged.value.upload;
    if (!isWanted()) {
      void client.call('import.discard', { upload });
      return null;
    }
    onProgress(Math.min(1, (from + PIECE_BYTES) / file.size));
  }
  return { ok: true, value: { upload: upload! } };
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let from = 0; from < bytes.length; from += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
  }
  return btoa(text);
}
