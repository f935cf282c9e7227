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
  # Without this it does not keep what is compiled with precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime "${CCACHE_PROGRAM}")
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

# What nearly every source includes, read once for all: it halves the time that a build takes. A source includes what it
# uses all the same; clang-tidy reads it without these.
# Clang refuses them where a target brings options of its own, such as -pthread.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(octotrail_precompiles ON)
else()
  set(octotrail_precompiles OFF)
endif()
option(OCTOTRAIL_PRECOMPILE "Precompile common headers" ${octotrail_precompiles})
set(CMAKE_PCH_WARN_INVALID OFF) # then they are read as text
# Not <QtCore/QtCore>, nor what includes <filesystem>: that brings std::quoted() where nobody asked for it.
set(octotrail_core_headers
  <QByteArray> <QFuture> <QHash> <QList> <QLocale> <QObject> <QPromise> <QString> <QStringList> <QTimer> <QVariant>
  <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <set> <span> <stop_token> <string> <string_view>
  <thread> <tl/expected.hpp> <variant> <vector>)
set(octotrail_ui_headers ${octotrail_core_headers}
  <QAbstractTableModel> <QAction> <QApplication> <QComboBox> <QDialog> <QHBoxLayout> <QHeaderView> <QLabel> <QLineEdit>
  <QMenu> <QPainter> <QPushButton> <QTableView> <QToolButton> <QTreeView> <QVBoxLayout> <QWidget>)
if(OCTOTRAIL_PRECOMPILE)
  if(CCACHE_PROGRAM AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(octotrail_options INTERFACE -fpch-preprocess)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 warns of its own std::string there, wrongly (its bugs 105329 and 105651).
    target_compile_options(octotrail_options INTERFACE
      -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
  endif()
  file(WRITE "${PROJECT_BINARY_DIR}/core_headers.cpp" "// See OctotrailTargets.cmake.\n")
  add_library(octotrail_core_headers STATIC "${PROJECT_BINARY_DIR}/core_headers.cpp")
  target_link_libraries(octotrail_core_headers PRIVATE octotrail_options Qt6::Core tl::expected)
  target_precompile_headers(octotrail_core_headers PRIVATE ${octotrail_core_headers})
  set_target_properties(octotrail_core_headers PROPERTIES AUTOGEN_ORIGIN_DEPENDS OFF AUTOMOC OFF AUTOUIC OFF AUTORCC OFF)
endif()

# octotrail_precompiled(<target>)
# Uses the headers of octotrail_ui for what is linked with it, else the core's.
function(octotrail_precompiled target)
  if(NOT OCTOTRAIL_PRECOMPILE)
    return()
  endif()
  if(target STREQUAL octotrail_ui)
    target_precompile_headers(octotrail_ui PRIVATE ${octotrail_ui_headers})
  elseif("octotrail_ui" IN_LIST ARGN)
    target_precompile_headers(${target} REUSE_FROM octotrail_ui)
  else()
    target_precompile_headers(${target} REUSE_FROM octotrail_core_headers)
  endif()
endfunction()

# octotrail_library(<folder> SOURCES ... PUBLIC ... PRIVATE ...)
# The static library octotrail_<folder>.
function(octotrail_library folder)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(octotrail_${folder} STATIC ${ARG_SOURCES})
  target_link_libraries(octotrail_${folder} PUBLIC octotrail_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  octotrail_precompiled(octotrail_${folder})
endfunction()

# octotrail_test(<name> SOURCES ... LINK ... [TIMEOUT seconds] [LABELS ...])
# A QtTest program <name>, run headless, without a session bus and in a home of its own.
function(octotrail_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  if(OCTOTRAIL_SANITIZE)
    math(EXPR ARG_TIMEOUT "4 * ${ARG_TIMEOUT}") # all of it is that much slower
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE octotrail_options ${ARG_LINK} Qt6::Test)
  octotrail_precompiled(${name} ${ARG_LINK})
  add_test(NAME ${name} COMMAND ${name})
  set(home "${CMAKE_CURRENT_BINARY_DIR}/home/${name}")
  file(MAKE_DIRECTORY "${home}/run")
  file(CHMOD "${home}/run" DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;HOME=${home};XDG_DATA_HOME=${home}/data;XDG_CONFIG_HOME=${home}/config;XDG_CACHE_HOME=${home}/cache;XDG_RUNTIME_DIR=${home}/run;DBUS_SESSION_BUS_ADDRESS=disabled:;LC_ALL=C.UTF-8;TZ=UTC")
endfunction()
