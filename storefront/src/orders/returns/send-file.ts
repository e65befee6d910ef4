export interface UploadPlace {
  url: string;
  method: string;
  headers: { name: string; value: string }[];
}

/**
 * Uploads a file and reports progress from 0 to 1. Uses XMLHttpRequest, because `fetch` does not report it.
 *
 * Rejects when the connection fails or the file is refused; `aborted` cancels the upload.
 */
export function sendFile(
  place: UploadPlace,
  file: Blob,
  { progress, aborted }: { progress: (part: number) => void; aborted: AbortSignal },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(place.method, place.url);
    for (const { name, value } of place.headers) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => progress(total ? loaded / total : 0);
    request.onload = () => (request.status < 300 ? resolve() : reject(new Error(`HTTP ${request.status}`)));
    request.onerror = () => reject(new Error('The connection broke'));
    request.onabort = () => reject(new Error('Given up'));
    aborted.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
