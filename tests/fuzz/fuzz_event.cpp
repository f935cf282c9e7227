// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Json.h"
#include "event/LogEvent.h"

#include <cstdlib>

using namespace octotrail;

/// Whatever comes as an event: it keeps its bytes, but for white space around them, and everything can be asked of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string bytes(
        reinterpret_cast<const char *>(data), size); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
    const auto event = event::LogEvent::fromBytes(bytes);
    if (bytes.find(event.bytes()) == std::string::npos || event.uuid().empty()) {
        std::abort();
    }
    for (event::FieldId id = 0; id < event::fields().size(); ++id) {
        (void)event.text(id);
    }
    (void)event.targets();
    (void)event.debugData();
    (void)event::readTree(bytes);
    (void)event::prettyPrint(bytes);
    (void)event::splitArray(bytes);
    const event::FieldPath path("debugContext.debugData.risk");
    event::visitValues(bytes, path, [](std::string_view, event::JsonKind) { return true; });
    event::visitValuesInAnyCase(bytes, path, [](std::string_view, event::JsonKind) { return true; });
    event::visitObjects(bytes, event::FieldPath("target"), [](std::string_view) { return true; });
    event::visitTexts(bytes, [](std::string_view) { return true; });
    return 0;
}
