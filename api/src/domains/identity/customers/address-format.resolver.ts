import { Arg, Query, Resolver } from 'type-graphql';
import { postalCodeFirst } from '../../../kernel/address/address-lines.js';
import { COUNTRY_CODES, isCountry } from '../../../kernel/address/countries.js';
import { needsPostalCode } from '../../../kernel/address/postal-code.js';
import { BUCHAREST, cityName, SECTORS } from '../../../kernel/address/bucharest.js';
import { needsRegion, regionKind, regionsOf } from '../../../kernel/address/regions.js';
import { Public } from '../../../platform/graphql/auth-directive.js';
import { CountryCode } from '../../../platform/graphql/scalars.js';
import { AddressFormat, type AddressRegionKind } from './address-format.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

/** The address formats of all countries, for every client's forms. */
@Resolver()
export class AddressFormatResolver {
  @Public()
  @Query(() => [CountryCode], {
    description:
      'Every country of the world: an invoice may go to any of them. For deliveries see `shop.countries`; for names, Intl.DisplayNames.',
  })
  @ListSize(250)
  countryCodes(): readonly string[] {
    return COUNTRY_CODES;
  }

  @Public()
  @Query(() => AddressFormat, {
    nullable: true,
    description: 'The address format of a country; null for an unknown code.',
  })
  addressFormat(
    @Arg('countryCode', () => CountryCode, { description: 'The country.' }) countryCode: string,
  ): AddressFormat | null {
    if (!isCountry(countryCode)) return null;
    const towns = SECTORS.map((code) => ({ code, name: cityName(code) }));
    return {
      countryCode,
      postalCodeRequired: needsPostalCode(countryCode),
      postalCodeFirst: postalCodeFirst(countryCode),
      regionKind: regionKind(countryCode) as AddressRegionKind | null,
      regionRequired: needsRegion(countryCode),
      regions: regionsOf(countryCode).map(({ code, name }) => ({
        code,
        name,
        towns: code === BUCHAREST ? towns : [],
      })),
    };
  }
}
