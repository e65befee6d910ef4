/** The shop's name where it must stand without asking the API: titles, structured data, the word mark. */
export const brandName = 'Lut & Lână';
