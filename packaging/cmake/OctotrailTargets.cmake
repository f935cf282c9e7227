# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
# The two kinds of target Octotrail has, so that every folder says only what is its own.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# Not -O3: it compiles slower, and what is hot here waits for memory, zstd and DuckDB.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTOUIC ON)
set(CMAKE_AUTORCC ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
  set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

add_library(octotrail_options INTERFACE)
target_include_directories(octotrail_options INTERFACE "${PROJECT_SOURCE_DIR}/app" "${PROJECT_SOURCE_DIR}")
target_compile_definitions(octotrail_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_KEYWORDS QT_NO_FOREACH QT_NO_URL_CAST_FROM_STRING
  QT_DISABLE_DEPRECATED_BEFORE=0x060400
  OCTOTRAIL_VERSION="${PROJECT_VERSION}")
target_compile_options(octotrail_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion -Wno-sign-conversion
  $<$<BOOL:${OCTOTRAIL_WARNINGS_AS_ERRORS}>:-Werror>)
if(OCTOTRAIL_SANITIZE)
  target_compile_options(octotrail_options INTERFACE -fsanitize=${OCTOTRAIL_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(octotrail_options INTERFACE -fsanitize=${OCTOTRAIL_SANITIZE})
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  target_link_options(octotrail_options INTERFACE -fuse-ld=mold)
endif()

# octotrail_library(<folder> SOURCES ... PUBLIC ... PRIVATE ...)
# The static library octotrail_<folder>.
function(octotrail_library folder)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(octotrail_${folder} STATIC ${ARG_SOURCES})
  target_link_libraries(octotrail_${folder} PUBLIC octotrail_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
endfunction()

# octotrail_test(<name> SOURCES ... LINK ... [TIMEOUT seconds] [LABELS ...])
# A QtTest program <name>, run headless, without a session bus and in a home of its own.
function(octotrail_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE octotrail_options ${ARG_LINK} Qt6::Test)
  add_test(NAME ${name} COMMAND ${name})
  set(home "${CMAKE_CURRENT_BINARY_DIR}/home/${name}")
  file(MAKE_DIRECTORY "${home}/run")
  file(CHMOD "${home}/run" DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;HOME=${home};XDG_DATA_HOME=${home}/data;XDG_CONFIG_HOME=${home}/config;XDG_CACHE_HOME=${home}/cache;XDG_RUNTIME_DIR=${home}/run;DBUS_SESSION_BUS_ADDRESS=disabled:;LC_ALL=C.UTF-8;TZ=UTC")
endfunction()
