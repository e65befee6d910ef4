import { AttributeAdminResolver } from '../attributes/attribute-admin.resolver.js';
import { AttributeService } from '../attributes/attribute.service.js';
import { AttributeValueAdminResolver } from '../attributes/attribute-value-admin.resolver.js';
import { AttributeValueService } from '../attributes/attribute-value.service.js';
import type { AttributeDeps } from '../attributes/attribute-writes.js';
import { TagAdminResolver } from '../tags/tag-admin.resolver.js';
import { TagService } from '../tags/tag.service.js';

/** What staff keep of tags, attributes and their values. */
export function createTerms(deps: AttributeDeps) {
  const [tags, attributes, values] = [
    new TagService(deps),
    new AttributeService(deps),
    new AttributeValueService(deps),
  ];
  const resolvers = [
    new TagAdminResolver(deps.reference, tags),
    new AttributeAdminResolver(deps.reference, attributes),
    new AttributeValueAdminResolver(deps.reference, values),
  ];
  return { tags, attributes, values, resolvers };
}
