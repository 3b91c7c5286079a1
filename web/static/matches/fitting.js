/** Photos of today's phones have more pixels than a reading needs: they are made smaller before they travel. */

const MOST_PIXELS = 12_000_000;
const MOST_SIDE = 8192;
const MOST_BYTES = 8 * 2 ** 20;
const WANTED_PIXELS = 8_000_000; // of what was too large: enough for the smallest digits of a 4K screen

/** The file itself where it may be sent as it is, or where this browser cannot open it; else a smaller picture of it. @param {File} file @returns {Promise<File>} */
export async function fitting(file) {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return file;
  const { width, height } = bitmap;
  if (width * height <= MOST_PIXELS && Math.max(width, height) <= MOST_SIDE && file.size <= MOST_BYTES) return file;
  const scale = Math.min(1, Math.sqrt(WANTED_PIXELS / (width * height)), MOST_SIDE / Math.max(width, height));
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(width * scale), height: Math.round(height * scale) });
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) => canvas.toBlob(resolve, "image/jpeg", 0.93));
  return blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
}
