import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type PDFKit from 'pdfkit';
import { PROJECT_ROOT } from '../../../kernel/project-root.js';
import { mixedLines, type Run } from './mixed-text.js';
import { facesFor, lettersOf, type OtherFace } from './other-scripts.js';
import { drawable, printable } from './printable.js';

/** A4 in points, with its margins. */
export const LEFT = 48;
export const RIGHT = 595.28 - 48;
const TOP = 52;
const BOTTOM = 841.89 - 72;

export const INK = '#1F1B16';
export const MUTED = '#6B6257';
export const CLAY = '#9C4524';
const RULE = '#E6DFD4';

/** Columns of figures stand under each other. Words are set without any, for pdfkit remembers only such. */
const FIGURES: PDFKit.Mixins.OpenTypeFeatures[] = ['kern', 'tnum'];

/** Files of the repository, with their licence beside them; found from the sources and from the build alike. */
const FONTS = join(PROJECT_ROOT, 'api/fonts');
const FACES = {
  regular: 'Inter-Regular.ttf',
  medium: 'Inter-Medium.ttf',
  bold: 'Inter-SemiBold.ttf',
} as const;
type Face = keyof typeof FACES;

export interface Cell {
  readonly x: number;
  readonly width: number;
  readonly align?: 'left' | 'right';
}

export interface ImageBox {
  readonly x: number;
  readonly width: number;
  readonly height: number;
}

export interface Style {
  readonly size: number;
  readonly face?: Face;
  readonly color?: string;
}

export interface About {
  readonly title: string;
  readonly author: string;
  readonly locale: string;
  readonly createdAt: Date;
  readonly letters: string;
}

let faces: Promise<Record<Face, Buffer>> | null = null;

/** Read with the first document and cached. */
function loadFaces(): Promise<Record<Face, Buffer>> {
  faces ??= Promise.all(
    Object.entries(FACES).map(async ([face, file]) => [face, await readFile(join(FONTS, file))] as const),
  ).then((read) => Object.fromEntries(read) as Record<Face, Buffer>);
  return faces;
}

/** A4 pages that are written from top to bottom: `y` is where the next line goes. */
export class PdfPage {
  y = TOP;

  private constructor(
    private readonly pdf: PDFKit.PDFDocument,
    private readonly own: ReadonlySet<number>,
    private readonly others: readonly OtherFace[],
  ) {}

  /** Lets `draw` write a new document; returns the PDF. `letters` must contain every letter that may be written. */
  static async print(
    { title, author, locale, createdAt, letters }: About,
    draw: (page: PdfPage) => void,
  ): Promise<Buffer> {
    // Large, and most requests of a shop draw nothing.
    const [{ default: Document }, fonts, own] = await Promise.all([
      import('pdfkit'),
      loadFaces(),
      lettersOf(join(FONTS, FACES.regular)),
    ]);
    const others = await facesFor(letters, own);
    const pdf = new Document({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      // None of its own fonts is loaded: they have no ș and ț.
      font: null as unknown as string,
      lang: locale,
      displayTitle: true,
      info: { Title: title, Author: author, CreationDate: createdAt },
    });
    for (const [face, bytes] of Object.entries(fonts)) pdf.registerFont(face, bytes);
    for (const { name, bytes } of others) pdf.registerFont(name, bytes);
    const printed = buffer(pdf);
    draw(new PdfPage(pdf, own, others));
    pdf.end();
    return printed;
  }

  /** Begins a new page when that much no longer fits. */
  needs(height: number, onNewPage?: () => void): void {
    if (this.y + height <= BOTTOM) return;
    this.pdf.addPage();
    this.y = TOP;
    onNewPage?.();
  }

  /** Writes a text at a height and leaves `y` where it was. */
  text(at: number, text: string, cell: Cell, style: Style): void {
    const { x, width, align = 'left' } = cell;
    const written = this.written(text);
    this.pdf.fontSize(style.size).fillColor(style.color ?? INK);
    if (this.isMixed(written)) {
      this.mixed(written, width, style).forEach((line, i) =>
        this.run(line, x, at + style.size + i * this.lineOf(style)),
      );
      return;
    }
    const figures = align === 'right' ? { features: FIGURES } : {};
    this.pdf.font(style.face ?? 'regular').text(written, x, at, { width, align, ...figures, lineGap: 1 });
  }

  /** Draws a PNG or JPEG into a box, whole, at its left edge. */
  image(at: number, file: Buffer, { x, width, height }: ImageBox): void {
    this.pdf.image(file, x, at, { fit: [width, height], valign: 'center' });
  }

  /** The largest size up to that of the style in which every text stands on one line of its cell. */
  sizeFor(texts: readonly (readonly [text: string, cell: Cell])[], style: Style): number {
    this.pdf.font(style.face ?? 'regular').fontSize(style.size);
    const tightest = texts.map(([text, { width }]) => {
      const wide = this.pdf.widthOfString(this.written(text), { features: FIGURES });
      // Slightly less than the cell: a text that fills it to the last point would be broken.
      return wide > width - 0.5 ? (width - 0.5) / wide : 1;
    });
    return style.size * Math.min(1, ...tightest);
  }

  height(text: string, { width }: Cell, style: Style): number {
    const written = this.written(text);
    this.pdf.fontSize(style.size);
    if (this.isMixed(written)) return this.mixed(written, width, style).length * this.lineOf(style);
    this.pdf.font(style.face ?? 'regular');
    return this.pdf.heightOfString(written, { width, lineGap: 1 });
  }

  /** Whether any letter of a text would be visible. */
  isSeen(text: string): boolean {
    return this.written(text) !== '';
  }

  private written(text: string): string {
    return drawable(
      printable(text),
      (code) => this.own.has(code) || this.others.some(({ has }) => has(code)),
    );
  }

  private isMixed(text: string): boolean {
    return this.others.some(({ has }) => [...text].some((letter) => has(letter.codePointAt(0) ?? 0)));
  }

  private mixed(text: string, width: number, { face = 'regular' }: Style): Run[][] {
    const faceOf = (letter: string): string => {
      const code = letter.codePointAt(0) ?? 0;
      return this.others.find(({ has }) => has(code))?.name ?? face;
    };
    return mixedLines(text, width, faceOf, (run) => this.pdf.font(run.face).widthOfString(run.text));
  }

  /** Faces differ in height: what they share is the line that their letters stand on. */
  private run(line: readonly Run[], from: number, baseline: number): void {
    let x = from;
    for (const { face, text } of line) {
      this.pdf.font(face).text(text, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
      x += this.pdf.widthOfString(text);
    }
  }

  private lineOf({ size }: Style): number {
    return size * 1.35 + 1;
  }

  rule(at: number, color: string = RULE, from: number = LEFT): void {
    this.pdf.moveTo(from, at).lineTo(RIGHT, at).lineWidth(0.6).strokeColor(color).stroke();
  }

  /** Writes something at the foot of every page there is. */
  footers(draw: (top: number, page: number, pages: number) => void): void {
    const { count } = this.pdf.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.pdf.switchToPage(page);
      this.rule(BOTTOM + 24);
      draw(BOTTOM + 34, page + 1, count);
    }
  }
}
