export interface UploadTarget {
  url: string;
  method: string;
  headers: readonly { name: string; value: string }[];
}

/**
 * Sends the bytes where the server said. `fetch` cannot report how far an upload is, hence the old way.
 * False: the store refused or could not be reached.
 */
export function sendBytes(
  target: UploadTarget,
  file: Blob,
  onProgress: (share: number) => void,
): Promise<boolean> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(target.method, target.url);
    for (const { name, value } of target.headers) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => resolve(request.status >= 200 && request.status < 300);
    request.onerror = () => resolve(false);
    request.onabort = () => resolve(false);
    request.send(file);
  });
}
