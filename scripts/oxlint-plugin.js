// What oxlint loads: the rules of this repository that it does not have itself.
import { plainWords } from './plain-words.js';
export default { meta: { name: 'vitrine' }, rules: { 'plain-words': plainWords } };
