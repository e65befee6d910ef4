interface Target {
  url: string;
  method: string;
  headers: readonly { name: string; value: string }[];
}

/**
 * Sends the file to its address. XMLHttpRequest is used because `fetch` does not report upload progress.
 *
 * @returns null when it was taken, else the code of what is wrong with it
 */
export function sendFile(
  { url, method, headers }: Target,
  file: Blob,
  onProgress: (share: number) => void,
): Promise<string | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const { name, value } of headers) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => resolve(request.status < 300 ? null : codeIn(request.responseText));
    request.onerror = () => resolve('NETWORK');
    request.onabort = () => resolve('NETWORK');
    request.send(file);
  });
}

function codeIn(answer: string): string {
  try {
    return String((JSON.parse(answer) as { code?: unknown }).code ?? 'INTERNAL');
  } catch {
    return 'INTERNAL';
  }
}
