import type { DataSource, EntityTarget } from 'typeorm';

/** A column of an entity, as raw statements name and type it. */
export interface EntityColumn {
  readonly name: string;
  readonly property: string;
  /** Postgres' word for its type, without the brackets of an array. */
  readonly type: string;
  readonly isKey: boolean;
}

/** In the order of the entity. The database has to be initialised, since the metadata are built then. */
export const columnsOf = (database: DataSource, entity: EntityTarget<object>): EntityColumn[] =>
  database.getMetadata(entity).columns.map(({ databaseName, propertyName, type, isPrimary }) => ({
    name: databaseName,
    property: propertyName,
    type: String(type),
    isKey: isPrimary,
  }));

/** The select list by which rows come with the entity's property names. */
export const selected = (columns: readonly EntityColumn[], table: string): string =>
  columns.map(({ name, property }) => `${table}.${name} as "${property}"`).join(', ');
