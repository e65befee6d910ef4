export interface UploadTarget {
  url: string;
  method: string;
  headers: readonly { name: string; value: string }[];
}

/**
 * Sends the file to the upload URL. XMLHttpRequest is used because `fetch` does not report upload progress.
 * Returns false when the file storage refused or could not be reached.
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
