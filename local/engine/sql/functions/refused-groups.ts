import type { FunctionGroup } from './call-site.js';

/** Groups of which this engine has nothing. */
export const REFUSED_GROUPS: readonly FunctionGroup[] = [
  {
    title: 'Geospatial',
    refused: {
      'DuckDB has no geometries without an extension, and none is loaded': `bing_tile bing_tile_at bing_tile_coordinates
        bing_tile_polygon bing_tile_quadkey bing_tile_zoom_level bing_tiles_around convex_hull_agg
        from_encoded_polyline from_geojson_geometry geometry_collect_agg geometry_from_hadoop_shape
        geometry_invalid_reason geometry_nearest_points geometry_to_bing_tiles geometry_union geometry_union_agg
        great_circle_distance line_interpolate_point line_interpolate_points line_locate_point simplify_geometry
        spatial_partitioning spatial_partitions st_area st_asbinary st_asewkb st_asewkt st_astext st_boundary st_buffer
        st_centroid st_collect st_contains st_convexhull st_coorddim st_crosses st_difference st_dimension st_disjoint
        st_distance st_endpoint st_envelope st_envelopeaspts st_equals st_exteriorring st_force2d st_force3d
        st_geometries st_geometryfromtext st_geometryn st_geometrytype st_geomfrombinary st_geomfromewkt
        st_geomfromkml st_interiorringn st_interiorrings st_intersection st_intersects st_isclosed st_isempty st_isring
        st_issimple st_isvalid st_length st_linefromtext st_linemerge st_linestring st_makeline st_makepolygon
        st_minimumboundingcircle st_multi st_multipoint st_normalize st_numgeometries st_numinteriorring st_numpoints
        st_orientedenvelope st_overlaps st_point st_pointn st_pointonsurface st_points st_polygon st_polygonize
        st_reduceprecision st_relate st_setsrid st_srid st_startpoint st_symdifference st_touches st_transform st_union
        st_voronoipolygons st_within st_x st_xmax st_xmin st_y st_ymax st_ymin st_z to_encoded_polyline
        to_geojson_geometry to_geometry to_spherical_geography`,
    },
  },
  {
    title: 'Machine learning',
    refused: {
      'DuckDB learns no models': `classify evaluate_classifier_predictions features learn_classifier
        learn_libsvm_classifier learn_libsvm_regressor learn_regressor regress`,
    },
  },
  {
    title: 'Colours',
    refused: { 'It draws on a terminal, which a result is not': 'bar color render rgb' },
  },
  {
    title: 'Others',
    refused: {
      'It belongs to a connector or type that is not here': `objectid objectid_timestamp timestamp_objectid
        theta_sketch_cardinality theta_sketch_union exclude_columns`,
      'It is newer than the engine of Athena': 'collect element fusion intersection set',
    },
  },
];
