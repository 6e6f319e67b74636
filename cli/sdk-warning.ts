/**
 * Imported for its effect, before anything that imports the AWS SDK: the SDK looks at this variable when a client is
 * made, and else warns about Node 20 on the user's screen.
 */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
