# SPDX-FileCopyrightText: 2026 The Octotrail authors
# SPDX-License-Identifier: GPL-3.0-or-later
# What an installation holds, and the Debian package made of it (packaging/package).
include(GNUInstallDirs)

set(octotrail_id org.octotrail.Octotrail)
set(octotrail_linux "${PROJECT_SOURCE_DIR}/packaging/linux")
set(octotrail_doc "${CMAKE_INSTALL_DATADIR}/doc/octotrail")

install(TARGETS octotrail RUNTIME)
install(FILES "${octotrail_linux}/${octotrail_id}.desktop" DESTINATION "${CMAKE_INSTALL_DATADIR}/applications")
install(FILES "${octotrail_linux}/${octotrail_id}.metainfo.xml" DESTINATION "${CMAKE_INSTALL_DATADIR}/metainfo")
install(FILES "${PROJECT_SOURCE_DIR}/resources/icons/octotrail.svg"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps" RENAME "${octotrail_id}.svg")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/resources/packs/" DESTINATION "${CMAKE_INSTALL_DATADIR}/octotrail/packs"
  FILES_MATCHING PATTERN "*.yml")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/resources/templates/" DESTINATION "${CMAKE_INSTALL_DATADIR}/octotrail/templates"
  FILES_MATCHING PATTERN "*.yml" PATTERN "*.py")
install(FILES "${octotrail_linux}/octotrail-collect@.service" DESTINATION lib/systemd/user)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/resources/panther" DESTINATION "${CMAKE_INSTALL_DATADIR}/octotrail"
  PATTERN "__pycache__" EXCLUDE)
install(FILES "${octotrail_linux}/copyright" DESTINATION "${octotrail_doc}")
install(FILES "${PROJECT_SOURCE_DIR}/README.md" DESTINATION "${octotrail_doc}")

# A DuckDB that came from npm is on no other machine: it goes along, in a folder that is ours, with its licence.
cmake_path(IS_PREFIX OCTOTRAIL_CACHE "${DuckDB_LIBRARY}" NORMALIZE octotrail_brings_duckdb)
set(octotrail_private_lib "lib/octotrail")
if(octotrail_brings_duckdb)
  cmake_path(GET DuckDB_LIBRARY PARENT_PATH octotrail_duckdb_folder)
  install(FILES "${DuckDB_LIBRARY}" DESTINATION "${octotrail_private_lib}")
  install(FILES "${octotrail_duckdb_folder}/LICENSE" DESTINATION "${octotrail_doc}" RENAME LICENSE.DuckDB)
  set_target_properties(octotrail PROPERTIES INSTALL_RPATH "$ORIGIN/../${octotrail_private_lib}")
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME octotrail)
set(CPACK_PACKAGE_VENDOR "The Octotrail authors")
set(CPACK_PACKAGE_CONTACT "The Octotrail authors <octotrail@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "watch, search and export an Okta organization's audit trail")
set(CPACK_PACKAGE_DESCRIPTION
  "Octotrail polls the System Log of Okta organizations into a DuckDB file on the
analyst's own disk and shows it as a live table that can be sorted, filtered in
Okta's filter language, searched and exported; every step is also a command.")
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
if(octotrail_brings_duckdb)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${octotrail_duckdb_folder}")
endif()
# What no library names: the platform plugins, SVG icons, certificates for HTTPS, time zones.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "qt6-qpa-plugins, libqt6svg6, ca-certificates, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-inter, gnome-keyring | kwalletmanager | keepassxc, python3, python3-dateutil")
include(CPack)
