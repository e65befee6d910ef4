// Written by `npm run migrate:create`, from the files of this folder.
import { TheFirstSale1763700000000 } from './1763700000000-the-first-sale.js';
import { OrdersThatCannotGoWrong1763800000000 } from './1763800000000-orders-that-cannot-go-wrong.js';
import { WhatALineIsWorth1763900000000 } from './1763900000000-what-a-line-is-worth.js';
import { SessionsEndAtOnce1763930000000 } from './1763930000000-sessions-end-at-once.js';
import { PaymentsThatNeverStick1763940000000 } from './1763940000000-payments-that-never-stick.js';
import { CartsThatFollow1763940000001 } from './1763940000001-carts-that-follow.js';
import { SearchByWhatPeopleSay1763950000000 } from './1763950000000-search-by-what-people-say.js';
import { AddressesInOneSpelling1763950000001 } from './1763950000001-addresses-in-one-spelling.js';
import { ListsByVariant1763960000000 } from './1763960000000-lists-by-variant.js';
import { LimitsOnTheUnpaid1763980000000 } from './1763980000000-limits-on-the-unpaid.js';
import { MailsToOneAddress1763980000001 } from './1763980000001-mails-to-one-address.js';
import { CartsByNetwork1763980000002 } from './1763980000002-carts-by-network.js';
import { FollowWhatChanged1763990000000 } from './1763990000000-follow-what-changed.js';
import { KeysThatFailed1763990000001 } from './1763990000001-keys-that-failed.js';
import { VersionsOfSmallThings1764020000000 } from './1764020000000-versions-of-small-things.js';
import { WideNetworks1764030000000 } from './1764030000000-wide-networks.js';
import { RefundsReadAgain1764060000000 } from './1764060000000-refunds-read-again.js';
import { WhatIsKeptAndHowLong1764070000000 } from './1764070000000-what-is-kept-and-how-long.js';
import { ImagesMadeByAJob1764080000000 } from './1764080000000-images-made-by-a-job.js';
import { TelephoneForTheCourier1764095000000 } from './1764095000000-telephone-for-the-courier.js';
import { ParcelsThatComeBackUnpaid1764110000000 } from './1764110000000-parcels-that-come-back-unpaid.js';
import { OneCaptureAtATime1764120000000 } from './1764120000000-one-capture-at-a-time.js';
import { BlocksThatEnded1764125000000 } from './1764125000000-blocks-that-ended.js';
import { OrdersByTheirVariants1764130000000 } from './1764130000000-orders-by-their-variants.js';
import { StandardWords1764140000000 } from './1764140000000-standard-words.js';
import { OneWordForStatus1764141000000 } from './1764141000000-one-word-for-status.js';
import { TextsInEveryLanguage1764150000000 } from './1764150000000-texts-in-every-language.js';
import { EventsSayWhetherTheyStay1764160000000 } from './1764160000000-events-say-whether-they-stay.js';
import { PaymentsOfAnyProvider1764165000000 } from './1764165000000-payments-of-any-provider.js';
import { InvoicePrintedNumber1764172000000 } from './1764172000000-invoice-printed-number.js';
import { ShopSettingVersion1764185000000 } from './1764185000000-shop-setting-version.js';
import { AcceptedPayments1764190000000 } from './1764190000000-accepted-payments.js';
import { AttributeValueCare1764195000000 } from './1764195000000-attribute-value-care.js';
import { AcceptedAmounts1764200000000 } from './1764200000000-accepted-amounts.js';
import { IntegrationSecrets1764205000000 } from './1764205000000-integration-secrets.js';
import { LongJobs1764210000000 } from './1764210000000-long-jobs.js';
import { RefundsBeforeThePrice1764215000000 } from './1764215000000-refunds-before-the-price.js';
import { UntilWhenPaymentsWereCompared1764220000000 } from './1764220000000-until-when-payments-were-compared.js';
import { Metadata1764225000000 } from './1764225000000-metadata.js';
import { PriceAdjustments1764230000000 } from './1764230000000-price-adjustments.js';
import { Imports1764240000000 } from './1764240000000-imports.js';
import { MailsThatWait1764245000000 } from './1764245000000-mails-that-wait.js';
import { SavedViews1764250000000 } from './1764250000000-saved-views.js';
import { ProductStatusChanges1764255000000 } from './1764255000000-product-status-changes.js';
import { ExchangedUnits1764260000000 } from './1764260000000-exchanged-units.js';
import { TaxRatesOfCharges1764265000000 } from './1764265000000-tax-rates-of-charges.js';
import { CustomFields1764270000000 } from './1764270000000-custom-fields.js';
import { Tenders1764275000000 } from './1764275000000-tenders.js';
import { ShippingRates1764280000000 } from './1764280000000-shipping-rates.js';
import { TaxRatesOfDeliveries1764285000000 } from './1764285000000-tax-rates-of-deliveries.js';
import { CategoryTree1764295000000 } from './1764295000000-category-tree.js';
import { AuditLog1764300000000 } from './1764300000000-audit-log.js';
import { AdditionalDataOfCarts1764305000000 } from './1764305000000-additional-data-of-carts.js';
import { AuditOfManyRows1764310000000 } from './1764310000000-audit-of-many-rows.js';
import { Addresses1764315000000 } from './1764315000000-addresses.js';
import { UndoneJobs1764320000000 } from './1764320000000-undone-jobs.js';
import { HiddenCategories1764325000000 } from './1764325000000-hidden-categories.js';
import { StaffAndRoles1764330000000 } from './1764330000000-staff-and-roles.js';
import { StaffInvitations1764331000000 } from './1764331000000-staff-invitations.js';
import { NetworksOfSessions1764332000000 } from './1764332000000-networks-of-sessions.js';
import { DeliveryZones1764335000000 } from './1764335000000-delivery-zones.js';
import { Taxes1764336000000 } from './1764336000000-taxes.js';
import { OrdersWithoutTax1764337000000 } from './1764337000000-orders-without-tax.js';
import { MediaLibrary1764340000000 } from './1764340000000-media-library.js';
import { Tags1764345000000 } from './1764345000000-tags.js';
import { Customers1764350000000 } from './1764350000000-customers.js';
import { Attributes1764355000000 } from './1764355000000-attributes.js';
import { LanguagesOfTheShop1764356000000 } from './1764356000000-languages-of-the-shop.js';
import { FilesOfReturnPhotos1764358000000 } from './1764358000000-files-of-return-photos.js';
import { ProofsOfMailboxes1764360000000 } from './1764360000000-proofs-of-mailboxes.js';
import { ContentPages1764361000000 } from './1764361000000-content-pages.js';
import { ChangesOfMailboxes1764362000000 } from './1764362000000-changes-of-mailboxes.js';
import { SetUpOfAShop1764363000000 } from './1764363000000-set-up-of-a-shop.js';
import { Menus1764364000000 } from './1764364000000-menus.js';
import { SecondFactor1764365000000 } from './1764365000000-second-factor.js';

/** Every migration, oldest first. */
export const migrations = [
  TheFirstSale1763700000000,
  OrdersThatCannotGoWrong1763800000000,
  WhatALineIsWorth1763900000000,
  SessionsEndAtOnce1763930000000,
  PaymentsThatNeverStick1763940000000,
  CartsThatFollow1763940000001,
  SearchByWhatPeopleSay1763950000000,
  AddressesInOneSpelling1763950000001,
  ListsByVariant1763960000000,
  LimitsOnTheUnpaid1763980000000,
  MailsToOneAddress1763980000001,
  CartsByNetwork1763980000002,
  FollowWhatChanged1763990000000,
  KeysThatFailed1763990000001,
  VersionsOfSmallThings1764020000000,
  WideNetworks1764030000000,
  RefundsReadAgain1764060000000,
  WhatIsKeptAndHowLong1764070000000,
  ImagesMadeByAJob1764080000000,
  TelephoneForTheCourier1764095000000,
  ParcelsThatComeBackUnpaid1764110000000,
  OneCaptureAtATime1764120000000,
  BlocksThatEnded1764125000000,
  OrdersByTheirVariants1764130000000,
  StandardWords1764140000000,
  OneWordForStatus1764141000000,
  TextsInEveryLanguage1764150000000,
  EventsSayWhetherTheyStay1764160000000,
  PaymentsOfAnyProvider1764165000000,
  InvoicePrintedNumber1764172000000,
  ShopSettingVersion1764185000000,
  AcceptedPayments1764190000000,
  AttributeValueCare1764195000000,
  AcceptedAmounts1764200000000,
  IntegrationSecrets1764205000000,
  LongJobs1764210000000,
  RefundsBeforeThePrice1764215000000,
  UntilWhenPaymentsWereCompared1764220000000,
  Metadata1764225000000,
  PriceAdjustments1764230000000,
  Imports1764240000000,
  MailsThatWait1764245000000,
  SavedViews1764250000000,
  ProductStatusChanges1764255000000,
  ExchangedUnits1764260000000,
  TaxRatesOfCharges1764265000000,
  CustomFields1764270000000,
  Tenders1764275000000,
  ShippingRates1764280000000,
  TaxRatesOfDeliveries1764285000000,
  CategoryTree1764295000000,
  AuditLog1764300000000,
  AdditionalDataOfCarts1764305000000,
  AuditOfManyRows1764310000000,
  Addresses1764315000000,
  UndoneJobs1764320000000,
  HiddenCategories1764325000000,
  StaffAndRoles1764330000000,
  StaffInvitations1764331000000,
  NetworksOfSessions1764332000000,
  DeliveryZones1764335000000,
  Taxes1764336000000,
  OrdersWithoutTax1764337000000,
  MediaLibrary1764340000000,
  Tags1764345000000,
  Customers1764350000000,
  Attributes1764355000000,
  LanguagesOfTheShop1764356000000,
  FilesOfReturnPhotos1764358000000,
  ProofsOfMailboxes1764360000000,
  ContentPages1764361000000,
  ChangesOfMailboxes1764362000000,
  SetUpOfAShop1764363000000,
  Menus1764364000000,
  SecondFactor1764365000000,
];
