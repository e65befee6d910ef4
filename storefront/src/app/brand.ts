/** The shop's name where it is needed without a request: titles, structured data, the logo. */
export const brandName = 'Lut & Lână';
