// Lines of Python that register models and load them.

/** A Python literal: JSON's escapes are Python's, too. */
function literal(text: string): string {
  return JSON.stringify(text)
}

function head(origin: string): string[] {
  return ['import mlflow', `mlflow.set_tracking_uri(${literal(origin)})`]
}

export function registerSnippet(origin: string): string {
  return [
    ...head(origin),
    'with mlflow.start_run():',
    '    mlflow.sklearn.log_model(model, name="model", registered_model_name="my-model")',
    '# or a model that is logged already',
    'mlflow.register_model("runs:/<run id>/model", "my-model")',
  ].join('\n')
}

/** What those are called that are meant to be loaded, the first one before others. */
const IN_USE = ['champion', 'production']

/** The alias by which a version is best loaded. */
function usedAlias(aliases: readonly string[]): string | undefined {
  const names = [...aliases].sort((one, other) => (one < other ? -1 : 1))
  return IN_USE.flatMap((wanted) => names.find((name) => name.toLowerCase() === wanted) ?? [])[0] ?? names[0]
}

/** The address of a version, by an alias if it has one. */
export function modelUri(name: string, version: string, aliases: readonly string[]): string {
  const alias = usedAlias(aliases)
  return alias === undefined ? `models:/${name}/${version}` : `models:/${name}@${alias}`
}

export function loadSnippet(origin: string, name: string, version: string, aliases: readonly string[]): string {
  return [...head(origin), `model = mlflow.pyfunc.load_model(${literal(modelUri(name, version, aliases))})`].join('\n')
}
