# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Finds DuckDB's C library: the user's own (DuckDB_ROOT, DUCKDB_ROOT, or the system's), else the one that
# two npm packages carry, pinned by version and hash and kept in a cache outside the build folder.
# Defines the imported target DuckDB::DuckDB.
# Both packages are MIT. The header is of an older release than the library: every function that it
# declares is exported by the library.

set(OCTOTRAIL_CACHE "$ENV{OCTOTRAIL_CACHE}" CACHE PATH "Where pinned downloads are kept")
if(NOT OCTOTRAIL_CACHE)
  if(DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
    set(OCTOTRAIL_CACHE "$ENV{XDG_CACHE_HOME}/octotrail")
  else()
    set(OCTOTRAIL_CACHE "$ENV{HOME}/.cache/octotrail")
  endif()
endif()

# octotrail_npm_file(<result> <package> <version> <sha512> <file>)
# The path of one file of an npm package, unpacked in the cache under its hash.
function(octotrail_npm_file result package version sha512 file)
  string(SUBSTRING "${sha512}" 0 16 short_hash)
  string(REGEX REPLACE "[@/]+" "-" flat "${package}")
  set(folder "${OCTOTRAIL_CACHE}/npm/${flat}-${version}-${short_hash}")
  if(NOT EXISTS "${folder}/package/${file}")
    find_program(NPM_PROGRAM npm)
    if(NOT NPM_PROGRAM)
      message(FATAL_ERROR "DuckDB is not installed and npm, which could fetch it, is missing. "
        "Install npm (apt-get install npm), or set DUCKDB_ROOT to a folder with duckdb.h and libduckdb.so.")
    endif()
    set(staging "${folder}.part")
    file(REMOVE_RECURSE "${staging}")
    file(MAKE_DIRECTORY "${staging}")
    message(STATUS "Fetching ${package} ${version} with npm")
    # Debian's node does not look at the system's certificates, among which a company's proxy has its own.
    set(certificates "$ENV{NODE_EXTRA_CA_CERTS}")
    if(NOT certificates AND EXISTS "/etc/ssl/certs/ca-certificates.crt")
      set(certificates "/etc/ssl/certs/ca-certificates.crt")
    endif()
    execute_process(
      COMMAND "${CMAKE_COMMAND}" -E env "NODE_EXTRA_CA_CERTS=${certificates}"
        "${NPM_PROGRAM}" pack --loglevel=error "${package}@${version}"
      WORKING_DIRECTORY "${staging}" RESULT_VARIABLE status OUTPUT_VARIABLE tarball ERROR_VARIABLE error
      OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(NOT status EQUAL 0)
      file(REMOVE_RECURSE "${staging}")
      message(FATAL_ERROR "npm could not fetch ${package} ${version}. Connect to the network once, "
        "or set DUCKDB_ROOT to a folder with duckdb.h and libduckdb.so. What npm said:\n${error}")
    endif()
    string(REGEX REPLACE ".*\n" "" tarball "${tarball}")
    file(SHA512 "${staging}/${tarball}" actual)
    if(NOT actual STREQUAL sha512)
      file(REMOVE_RECURSE "${staging}")
      message(FATAL_ERROR "${package} ${version} is not the file that was pinned: its SHA-512 is ${actual}.")
    endif()
    file(ARCHIVE_EXTRACT INPUT "${staging}/${tarball}" DESTINATION "${staging}" PATTERNS
      "package/${file}" "package/LICENSE")
    file(REMOVE "${staging}/${tarball}")
    file(REMOVE_RECURSE "${folder}")
    file(RENAME "${staging}" "${folder}")
  endif()
  set(${result} "${folder}/package/${file}" PARENT_SCOPE)
endfunction()

# What an earlier configuration found may have been deleted with the cache since.
foreach(found DuckDB_INCLUDE_DIR DuckDB_LIBRARY)
  if(${found} AND NOT EXISTS "${${found}}")
    unset(${found} CACHE)
  endif()
endforeach()

find_path(DuckDB_INCLUDE_DIR duckdb.h HINTS "${DuckDB_ROOT}" "${DUCKDB_ROOT}" "$ENV{DUCKDB_ROOT}" PATH_SUFFIXES include)
find_library(DuckDB_LIBRARY duckdb HINTS "${DuckDB_ROOT}" "${DUCKDB_ROOT}" "$ENV{DUCKDB_ROOT}" PATH_SUFFIXES lib)

if(NOT (DuckDB_INCLUDE_DIR AND DuckDB_LIBRARY))
  if(NOT CMAKE_SYSTEM_NAME STREQUAL "Linux" OR NOT CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
    message(FATAL_ERROR "DuckDB is not installed, and the pinned build is for Linux on x86-64. "
      "Set DUCKDB_ROOT to a folder with duckdb.h and libduckdb.so.")
  endif()
  octotrail_npm_file(duckdb_library "@duckdb/node-bindings-linux-x64" "1.5.6-r.1"
    "21772b64913a904a8cd19e30c1d5671811d7fdface4b7dd53cd0300d743f43e16cf386f4e7c41ef78721ac208870d2651bc6375072145387817824315b998dd5"
    "libduckdb.so")
  octotrail_npm_file(duckdb_header "duckdb" "1.4.4"
    "844249e61c9517454b8f776638ba6c5ab411d1bddde1892ab72826ea25178c72430e74aa83f5122b171be6abcdace84560f824b5ac94e9d5c2b603ea7269a9a2"
    "src/duckdb/src/include/duckdb.h")
  cmake_path(GET duckdb_header PARENT_PATH duckdb_include_dir)
  # The header's folder holds nothing else, so that no C++ header of DuckDB's can be included by accident.
  set(DuckDB_INCLUDE_DIR "${duckdb_include_dir}" CACHE PATH "Folder of duckdb.h" FORCE)
  set(DuckDB_LIBRARY "${duckdb_library}" CACHE FILEPATH "DuckDB's library" FORCE)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(DuckDB REQUIRED_VARS DuckDB_LIBRARY DuckDB_INCLUDE_DIR)
if(DuckDB_FOUND AND NOT TARGET DuckDB::DuckDB)
  add_library(DuckDB::DuckDB SHARED IMPORTED)
  set_target_properties(DuckDB::DuckDB PROPERTIES
    IMPORTED_LOCATION "${DuckDB_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${DuckDB_INCLUDE_DIR}")
endif()
mark_as_advanced(DuckDB_INCLUDE_DIR DuckDB_LIBRARY)
