/** After an installation: one line for those whose npm runs on a Node that the packages refuse. */
const oldest = 24;
const [, npmRunsOn = ''] = /\bnode\/v?([\d.]+)/.exec(process.env.npm_config_user_agent ?? '') ?? [];

if (npmRunsOn !== '' && Number.parseInt(npmRunsOn) < oldest) {
  // npm puts the Node that it has just installed ahead of its own.
  const scriptsRunOn = process.versions.node;
  process.stderr.write(
    Number.parseInt(scriptsRunOn) >= oldest
      ? `npm runs on Node ${npmRunsOn}, poolproof on the Node ${scriptsRunOn} that was installed with it: nothing to do.\n`
      : `expected Node ${oldest} or newer, got ${npmRunsOn}, and npm has none for this machine. Install one: https://nodejs.org\n`,
  );
}
