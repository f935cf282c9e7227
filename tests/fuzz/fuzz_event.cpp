// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "event/Json.h"
#include "event/LogEvent.h"

#include <cstdlib>
#include <set>
#include <string>
#include <utility>

using namespace octotrail;

namespace {

/// What a path names is among all members, unless these are known not to be all: searches pass over events by that.
void checkMembers(const std::string &bytes)
{
    std::set<std::pair<std::string, std::string>> members;
    const bool isWhole
        = event::visitMembers(bytes, [&](std::string_view name, std::string_view text, event::JsonKind kind) {
              members.emplace(name, kind == event::JsonKind::Object ? "{}" : text);
          });
    for (const char *dotted : {"a", "a.b", "target.id", "debugContext.debugData.risk", "actor", "request.ipChain.ip"}) {
        const event::FieldPath path(dotted);
        event::visitValues(bytes, path, [&](std::string_view text, event::JsonKind kind) {
            const std::string value(kind == event::JsonKind::Object ? "{}" : text);
            if (isWhole && !members.contains({path.segments().back(), value})) {
                std::abort();
            }
            return true;
        });
    }
}

} // namespace

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
    checkMembers(bytes);
    return 0;
}
