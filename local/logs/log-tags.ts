import { withoutTags, withTags } from '../resources/tags.js';
import type { Logs, LogsOperations } from './logs.js';

/** Tags of log groups, by the group's ARN. */
export const logTagOperations = ({ groups }: Logs): LogsOperations => ({
  ListTagsForResource: ({ resourceArn: arn }, context) => ({ tags: groups.find(context, groupOf(arn)).tags }),

  async TagResource({ resourceArn: arn, tags }, context) {
    await groups.change(context, groupOf(arn), (group) => withTags(group, tags));
    return {};
  },

  async UntagResource({ resourceArn: arn, tagKeys }, context) {
    await groups.change(context, groupOf(arn), (group) => withoutTags(group, tagKeys));
    return {};
  },
});

/** `arn:aws:logs:<region>:<account>:log-group:<name>`, with or without `:*` behind it. */
const groupOf = (arn: string) => arn.split(':')[6] ?? '';
